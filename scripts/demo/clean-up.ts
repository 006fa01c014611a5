import type { PullRequest } from '@gitops-actions/testkit';
import { DOMAIN, type Stage, step } from './stage.ts';

interface Removed {
  readonly name: string;
  readonly service: string;
}

/** The last chapter: what the pull request brought up goes, and the comment says so. */
export async function cleanedUp(stage: Stage, pullRequest: PullRequest): Promise<void> {
  const { timeline, gitops, shop, github, cluster } = stage;
  timeline.chapter('5. The closed pull request is cleaned up');
  const job = { event: 'pull_request', action: 'closed', pullRequest, runNumber: 80 } as const;
  const inputs = {
    engine: 'gitops',
    repository: 'acme/gitops',
    'gitops-token': github.token,
    path: 'previews',
  };
  const cleanup = await step(stage, 'cleanup-previews', job, inputs);
  const removed = JSON.parse(cleanup.outputs.removed ?? '[]') as Removed[];
  timeline.event(`cleanup-previews removes ${removed.map(({ name }) => name).join(', ')}`);
  const [comment = { body: '' }] = pullRequest.comments();
  const silent = removed.filter(
    ({ service }) => !comment.body.includes(`Preview of \`${service}\` is removed`),
  );
  timeline.claim(
    'the comment says so in each section',
    removed.length > 0 && silent.length === 0,
    silent.map(({ service }) => service).join(', '),
  );
  // A preview is a folder; files beside them are the team's own.
  const left = (await gitops.list('main', 'previews/')).filter((path) => path.split('/').length > 2);
  timeline.claim(
    'nothing is left of the previews in the GitOps repository',
    left.length === 0,
    left.join(', '),
  );
  await gone(cluster.running);
  timeline.claim(
    'their addresses no longer answer',
    cluster.running.size === 0,
    [...cluster.running.keys()].join(', '),
  );
  const active = shop.deployments().filter(({ statuses }) => statuses[0]?.state !== 'inactive');
  timeline.claim(
    'no deployment is left active',
    active.length === 0,
    active.map(({ task }) => task).join(', '),
  );
  timeline.claim(
    'there is still one comment',
    pullRequest.comments().length === 1,
    String(pullRequest.comments().length),
  );
}

/** The stand-in cluster needs a moment to follow the repository. */
async function gone(running: ReadonlyMap<string, string>): Promise<void> {
  for (let tries = 0; tries < 100 && [...running.keys()].some((host) => host.endsWith(DOMAIN)); tries++) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
