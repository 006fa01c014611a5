import type { Access, Permission } from '@gitops-actions/testkit';
import { readWorkflow } from '../workflow.ts';

const KNOWN: readonly Permission[] = ['contents', 'issues', 'pull_requests', 'deployments', 'actions'];

/** act gives every job the same token: it may what the workflow grants its jobs, taken together. */
export function grantsOf(path: string, text: string): Partial<Record<Permission, Access>> {
  const grants: Partial<Record<Permission, Access>> = { metadata: 'read' };
  for (const { key, value } of readWorkflow(path, text).jobs.flatMap((job) => job.grants ?? [])) {
    const permission = KNOWN.find((known) => known === key.replaceAll('-', '_'));
    if (permission !== undefined && grants[permission] !== 'write') grants[permission] = value as Access;
  }
  return grants;
}
