import type { Cluster, PullRequest } from '@gitops-actions/testkit';

/** Of a pull request's previews. */
export interface EndState {
  /** What the cluster runs; images. */
  readonly running: readonly string[];
  /** Kinds of everything in the cluster that has the previews' names, records and releases too, each once. */
  readonly objects: readonly string[];
  /** The newest status of each GitHub Deployment, oldest Deployment first. */
  readonly deployments: readonly string[];
  /** First line of each section of its only comment. */
  readonly comment: readonly string[];
}

/** What a preview that is ready looks like; of an EndState. */
export const isUp = ({ number }: PullRequest) => {
  const host = `pr-${number}.preview.shop.test`;
  return {
    running: ['acme/web:v1'],
    deployments: ['success'],
    comment: [`✅ Preview of \`pr-${number}\` is ready: [${host}](http://${host})`],
  };
};

/** One that was removed: nothing of it is anywhere. */
export const isGone = ({ number }: PullRequest): EndState => ({
  running: [],
  objects: [],
  deployments: ['inactive'],
  comment: [`🧹 Preview of \`pr-${number}\` is removed`],
});

interface Workload {
  readonly spec: { readonly template: { readonly spec: { readonly containers: [{ image: string }] } } };
}

const KINDS = 'deployments,statefulsets,services,ingresses,configmaps,secrets,persistentvolumeclaims,jobs';

/** Looks in the cluster, at GitHub's Deployments and at the comment. */
export async function endState(cluster: Cluster, namespace: string, pull: PullRequest): Promise<EndState> {
  const named = new RegExp(`(?:^|[-.])pr-${pull.number}(?:[-.]|$)`);
  const all = await cluster.list(KINDS, namespace);
  const own = all.filter(({ metadata }) => named.test(metadata.name));
  const running = own.flatMap((object) => (object.kind === 'Deployment' ? [imageOf(object)] : []));
  const deployments = pull.repository.deployments().filter(({ task }) => named.test(task.replace(':', '.')));
  return {
    running,
    objects: [...new Set(own.map(({ kind }) => kind))].sort(),
    deployments: deployments.map(({ statuses }) => statuses[0]?.state ?? 'none'),
    comment: headlines(pull),
  };
}

function imageOf(object: object): string {
  return (object as Workload).spec.template.spec.containers[0].image;
}

function headlines(pull: PullRequest): readonly string[] {
  const [comment, ...others] = pull.comments().filter(({ body }) => body.includes('<!--'));
  if (others.length > 0) throw new Error(`There are ${others.length + 1} comments.`);
  const lines = (comment?.body ?? '').replace(/<!--.*?-->/g, '').split('\n');
  return lines.filter((line) => /^\*\*|^⏳/.test(line)).map((line) => line.replaceAll('*', ''));
}

/** Name and reason of each entry of an output. */
export function reasons(json = '[]'): Readonly<Record<string, string>> {
  const entries: readonly { readonly name: string; readonly reason: string }[] = JSON.parse(json);
  return Object.fromEntries(entries.map(({ name, reason }) => [name, reason]));
}
