import type { Programs } from '../programs/programs.ts';
import type { Api } from './api.ts';

const RBAC = 'rbac.authorization.k8s.io';
const REVIEWS = '/apis/authorization.k8s.io/v1/subjectaccessreviews';

/** @returns binds a cluster role to the deployer in a namespace */
export const createGrant = (api: Api, { until }: Programs) =>
  async function grant(namespace: string, clusterRole = 'edit'): Promise<void> {
    await api.create(`/apis/${RBAC}/v1/namespaces/${namespace}/rolebindings`, {
      metadata: { name: `deployer-${clusterRole}` },
      roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: clusterRole },
      subjects: [{ apiGroup: RBAC, kind: 'User', name: 'deployer' }],
    });
    // The API server goes by a binding a moment after it is made. Each role that is granted may read Pods.
    const spec = { user: 'deployer', resourceAttributes: { namespace, verb: 'get', resource: 'pods' } };
    await until(`${clusterRole} granted in ${namespace}`, async () => {
      const review = (await api.create(REVIEWS, { spec })) as {
        readonly status: { readonly allowed: boolean };
      };
      return review.status.allowed;
    });
  };
