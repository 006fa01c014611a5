import type { PullRequest } from '@gitops-actions/testkit';
import { cleanedUp } from './clean-up.ts';
import { deliver, loseTheRace, otherWriters } from './delivery.ts';
import { checkPreviews, previewRun } from './previews.ts';
import { CHANGE, OVERLAY, SERVICES, type Stage, step } from './stage.ts';

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
    ...CHANGE,
    files: Object.fromEntries(
      SERVICES.map((service) => [`${service}/index.html`, `<h1>${service}, faster</h1>\n`]),
    ),
  });
  stage.timeline.event(`pull request #${pullRequest.number} "${CHANGE.title}" opens, run 77 starts`);
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
  stage.timeline.event(`run 77 tries to write the section "web" of the comment: ${late.outputs.result}`);
  stage.timeline.claim('the late run is refused', late.outputs.result === 'superseded', late.outputs.result);
  stage.timeline.claim('the comment is untouched', pullRequest.comments()[0]?.body === before);
}

async function merged(stage: Stage, pullRequest: PullRequest): Promise<void> {
  const { timeline, gitops } = stage;
  timeline.chapter('4. The merge lands three images, while others write the same file');
  await pullRequest.merge();
  timeline.event(`pull request #${pullRequest.number} is merged, run 79 starts`);
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
    'another commit came first, and the delivery edited the new head',
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
