import type { PullRequest } from '@gitops-actions/testkit';
import { deliver, loseTheRace, otherWriters } from './delivery.ts';
import { checkPreviews, previewRun } from './previews.ts';
import { DOMAIN, OVERLAY, SERVICES, type Stage, step } from './stage.ts';

/** The whole story; throws when a step fails, and leaves its claims in the timeline. */
export async function tellStory(stage: Stage): Promise<PullRequest> {
  const pullRequest = await opened(stage);
  await pushedAgain(stage, pullRequest);
  await lateOlderRun(stage, pullRequest);
  await merged(stage, pullRequest);
  await cleanedUp(stage, pullRequest);
  return pullRequest;
}

async function opened(stage: Stage): Promise<PullRequest> {
  stage.timeline.chapter('1. A pull request gets its previews');
  const pullRequest = await stage.shop.openPullRequest({
    head: 'faster-checkout',
    title: 'Faster checkout',
    body: 'Orders and payments answer in one round trip; the page waits for neither.',
    author: 'mona',
    files: Object.fromEntries(
      SERVICES.map((service) => [`${service}/index.html`, `<h1>${service}, faster</h1>\n`]),
    ),
  });
  stage.timeline.event(`pull request #${pullRequest.number} "Faster checkout" opens, run 77 starts`);
  const id = await previewRun(stage, { event: 'pull_request', action: 'opened', pullRequest, runNumber: 77 });
  await checkPreviews(stage, pullRequest, id);
  return pullRequest;
}

async function pushedAgain(stage: Stage, pullRequest: PullRequest): Promise<void> {
  stage.timeline.chapter('2. A new commit updates them');
  const sha = await pullRequest.push(
    { 'web/index.html': '<h1>web, faster and round</h1>\n' },
    { message: 'Round corners' },
  );
  stage.timeline.event(`${sha.slice(0, 7)} is pushed, run 78 starts`);
  const id = await previewRun(stage, { event: 'pull_request', pullRequest, runNumber: 78 });
  await checkPreviews(stage, pullRequest, id);
}

async function lateOlderRun(stage: Stage, pullRequest: PullRequest): Promise<void> {
  stage.timeline.chapter('3. An older run arrives late');
  const before = pullRequest.comments()[0]?.body;
  const late = await step(
    stage,
    'comment-pr',
    { event: 'pull_request', pullRequest, runNumber: 77 },
    { section: 'web', title: 'Previews', message: 'run 77, which was stuck in the queue' },
  );
  stage.timeline.event(`run 77 writes its section of the comment: ${late.outputs.result}`);
  stage.timeline.claim('the late run is refused', late.outputs.result === 'superseded', late.outputs.result);
  stage.timeline.claim('the comment is untouched', pullRequest.comments()[0]?.body === before);
}

async function merged(stage: Stage, pullRequest: PullRequest): Promise<void> {
  const { timeline, gitops } = stage;
  timeline.chapter('4. The merge lands three images, while others write the same file');
  await pullRequest.merge();
  const before = await gitops.head('main');
  const others = otherWriters(stage);
  loseTheRace(stage, Promise.race(others));
  const [delivery] = await Promise.all([deliver(stage, pullRequest, 79), ...others]);
  const history = (await gitops.log('main')).slice(
    0,
    (await gitops.log('main')).findIndex(({ sha }) => sha === before),
  );
  const ours = history.filter(({ message }) => message.includes('Release: v1.0.79'));
  timeline.event(
    `${history.length} commits reached ${OVERLAY}; ours is ${delivery.commit.slice(0, 7)}`,
    delivery.diff,
  );
  timeline.claim(
    'the delivery lost the race once and edited the new head',
    delivery.attempts > 1,
    `${delivery.attempts} attempt`,
  );
  timeline.claim('the delivery is one commit', ours.length === 1, `${ours.length} commits`);
  const text = await gitops.read('main', OVERLAY);
  const tags = SERVICES.map(
    (service) => new RegExp(`ghcr.io/acme/${service}\\n.*newTag: ["']?([\\w.-]+)`).exec(text)?.[1],
  );
  timeline.claim(
    'all three images are in the file',
    tags.every((tag) => tag === delivery.id),
    tags.join(', '),
  );
  timeline.claim(
    'no change of the other writers is lost',
    text.includes('newTag: v3.2.3') && text.includes('LOG_LEVEL=debug-3'),
    text,
  );
  timeline.claim(
    'three lines differ, and not a byte more',
    delivery.changedLines === 3,
    `${delivery.changedLines} lines`,
  );
}

async function cleanedUp(stage: Stage, pullRequest: PullRequest): Promise<void> {
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
  const removed = JSON.parse(cleanup.outputs.removed ?? '[]') as { name: string }[];
  timeline.event(`cleanup-previews removes ${removed.map(({ name }) => name).join(', ')}`);
  for (const service of SERVICES) {
    await step(stage, 'comment-pr', job, {
      section: service,
      title: 'Previews',
      message: `🧹 **${service}** — the preview was removed when the pull request was merged.`,
    });
  }
  const left = (await gitops.list('main', 'previews/')).filter((path) => path !== 'previews/README.md');
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
