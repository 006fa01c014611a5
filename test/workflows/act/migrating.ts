import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Cluster, KubernetesObject, PullRequest } from '@gitops-actions/testkit';
import { expect } from '@jest/globals';
import { root } from '../../../scripts/project.ts';

const CHART = join(root, 'examples/shop/chart');
const chartFile = (path: string): string => readFileSync(join(CHART, path), 'utf8');

/** The sample's chart as a team keeps it in its repository. */
export const CHART_FILES: Readonly<Record<string, string>> = {
  'deploy/chart/Chart.yaml': chartFile('Chart.yaml'),
  'deploy/chart/values.yaml': chartFile('values.yaml'),
  'deploy/chart/templates/deployment.yaml': chartFile('templates/deployment.yaml'),
};

/** A Job of one try that takes two seconds, or fails. */
const job = (name: string, image: string, fate: string, annotations: string): string => `apiVersion: batch/v1
kind: Job
metadata:
  name: ${name}
  annotations: { ${annotations} }
spec:
  backoffLimit: 0
  template:
    metadata:
      ${fate === '' ? 'annotations: { test.gitops/ready-after: 2s }' : `labels: { test.gitops/fate: ${fate} }`}
    spec:
      restartPolicy: Never
      containers:
        - { name: migrate, image: "${image}" }
`;

const PRE_SYNC =
  'argocd.argoproj.io/hook: PreSync, argocd.argoproj.io/hook-delete-policy: BeforeHookCreation';

const DEPLOYMENT = (image: string): string => `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - { name: web, image: "${image}" }
`;

/** Of a repository whose previews migrate first: files, inputs, and the names of what comes up. */
export interface Migrating {
  readonly inputs: Readonly<Record<string, string>>;
  readonly names: { readonly job: string; readonly deployment: string };
  /** @param fate of the Job: `failed`, or empty */
  files(image: string, fate: string): Readonly<Record<string, string>>;
}

/** A values file that turns on the chart's hook. */
export const withHelm = (name: string): Migrating => ({
  inputs: { 'preview-engine': 'helm', chart: 'deploy/chart', migration: 'deploy/migrate.yaml' },
  names: { job: `${name}-migrate`, deployment: name },
  files: (_, fate) => ({
    ...CHART_FILES,
    'deploy/chart/templates/migrate.yaml': `{{- if .Values.migrate }}\n${job(
      '{{ .Release.Name }}-migrate',
      '{{ .Values.image.repository }}:{{ .Values.image.tag }}',
      fate,
      'helm.sh/hook: "pre-install,pre-upgrade"',
    )}{{- end }}\n`,
    'deploy/migrate.yaml': 'migrate: true\n',
  }),
});

/** An overlay on the overlay, with the Job in it. */
export const withKustomize = (name: string): Migrating => ({
  inputs: { 'preview-engine': 'kustomize', overlay: 'deploy/overlay', migration: 'deploy/migrating' },
  names: { job: `${name}-migrate`, deployment: `${name}-web` },
  files: (image, fate) => ({
    'deploy/overlay/kustomization.yaml': 'resources: [web.yaml]\n',
    'deploy/overlay/web.yaml': DEPLOYMENT(image),
    'deploy/migrating/kustomization.yaml': 'resources: [../overlay, migrate.yaml]\n',
    'deploy/migrating/migrate.yaml': job('migrate', image, fate, PRE_SYNC),
  }),
});

/** A second template, with the Job in it. */
export const withGitOps = (name: string): Migrating => ({
  inputs: { 'preview-engine': 'gitops', template: 'preview', migration: 'migrating' },
  names: { job: `${name}-migrate`, deployment: name },
  files: (_, fate) => ({
    ...Object.fromEntries(
      ['deployment', 'service', 'ingress'].map((file) => [
        `migrating/${file}.yaml`,
        readFileSync(join(root, `examples/shop/app/preview/${file}.yaml`), 'utf8'),
      ]),
    ),
    'migrating/kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: "{{preview.namespace}}"
resources: [deployment.yaml, service.yaml, ingress.yaml, migrate.yaml]
`,
    'migrating/migrate.yaml': job('"{{preview.name}}-migrate"', '{{preview.image}}', fate, PRE_SYNC),
  }),
});

interface Timed extends KubernetesObject {
  readonly metadata: KubernetesObject['metadata'] & { readonly creationTimestamp: string };
  readonly spec: {
    readonly template: { readonly spec: { readonly containers: readonly [{ readonly image: string }] } };
  };
  readonly status: { readonly completionTime?: string };
}

/** What stands in the cluster: images, and when the Job was done and the Deployment made; undefined before that. */
export async function standing(cluster: Cluster, { names }: Migrating) {
  const [migration, deployment] = await Promise.all([
    cluster.get<Timed>('job', 'previews', names.job),
    cluster.get<Timed>('deployment', 'previews', names.deployment),
  ]);
  return {
    migrated: migration?.spec.template.spec.containers[0].image,
    runs: deployment?.spec.template.spec.containers[0].image,
    doneAt: Date.parse(migration?.status.completionTime ?? ''),
    madeAt: Date.parse(deployment?.metadata.creationTimestamp ?? ''),
  };
}

/** The pull request's version runs, was migrated to, and was made when that was done; the comment says that it is ready. */
export async function expectMigrated(
  cluster: Cluster,
  migrating: Migrating,
  pull: PullRequest,
): Promise<void> {
  const now = await standing(cluster, migrating);
  expect(now.runs).toContain((await pull.headSha()).slice(0, 7));
  expect(now.migrated).toBe(now.runs);
  expect(now.madeAt).toBeGreaterThanOrEqual(now.doneAt);
  expect(pull.comments()[0]?.body ?? '').toContain('is ready');
}

/** A migration was tried for another version, and the one before it goes on running. */
export async function expectKept(
  cluster: Cluster,
  migrating: Migrating,
  before: Awaited<ReturnType<typeof standing>>,
): Promise<void> {
  const now = await standing(cluster, migrating);
  expect(now.migrated).not.toBe(before.migrated);
  expect(now.runs).toBe(before.runs);
}
