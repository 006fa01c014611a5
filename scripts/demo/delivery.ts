import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { git, type PullRequest, temporaryDirectory } from '@gitops-actions/testkit';
import { OVERLAY, SERVICES, type Stage, step } from './stage.ts';

export interface Delivery {
  readonly id: string;
  readonly commit: string;
  /** Unified diff of the commit, without headers. */
  readonly diff: string;
  readonly changedLines: number;
  /** How often a commit was tried. */
  readonly attempts: number;
}

/** What a push to main does: an id, then all images in one commit. */
export async function deliver(stage: Stage, pullRequest: PullRequest, runNumber: number): Promise<Delivery> {
  const job = { event: 'push', pullRequest, runNumber } as const;
  const plan = await step(stage, 'release-id', job, {
    services: SERVICES.join('\n'),
    'image-prefix': 'ghcr.io/acme',
  });
  stage.timeline.event(`run ${runNumber}: release-id says ${plan.outputs.id}`);
  const update = await step(stage, 'update-manifest', job, {
    repository: 'acme/gitops',
    'gitops-token': stage.github.token,
    path: OVERLAY,
    images: plan.outputs.images ?? '',
  });
  const commit = update.outputs.commit ?? '';
  const requests = update.requests.length;
  const attempts = update.requests.filter(({ operation }) => operation === 'CommitFiles').length;
  stage.timeline.event(
    `update-manifest: ${update.outputs.result} ${commit.slice(0, 7)} at attempt ${attempts}, ${requests} requests and ${(update.ms / 1000).toFixed(1)} s in all`,
  );
  const patch = await git(['show', '--format=', '--unified=1', commit], { cwd: stage.gitops.directory });
  const lines = patch.split('\n').filter((line) => !/^(?:diff|index|---|\+\+\+) /.test(line));
  return {
    id: plan.outputs.id ?? '',
    commit,
    diff: lines.join('\n').trim(),
    changedLines: lines.filter((line) => line.startsWith('+')).length,
    attempts,
  };
}

/**
 * Lets somebody else's commit come first: our first attempt to commit waits on its way until `others` resolves.
 * Without this the race would be won by chance, and a demo should show the hard case each time.
 */
export function loseTheRace({ github }: Stage, others: Promise<unknown>): void {
  const isOurs = (body: unknown) => JSON.stringify(body ?? '').includes('Release web, orders, payments');
  github.inject({
    match: ({ operation, body }) => operation === 'CommitFiles' && isOurs(body),
    times: 1,
    hold: others,
  });
}

/** Others at the same moment: the mail gateway's delivery by the same action, and somebody with git and an editor. */
export function otherWriters(stage: Stage): readonly Promise<void>[] {
  return [mailGateway(stage), somebodyWithGit(stage)];
}

async function mailGateway(stage: Stage): Promise<void> {
  const pullRequest = stage.shop.pullRequests()[0];
  if (pullRequest === undefined) throw new Error('the demo has no pull request');
  for (const version of ['v3.2.1', 'v3.2.2', 'v3.2.3']) {
    await step(
      stage,
      'update-manifest',
      { event: 'push', pullRequest, runNumber: 12 },
      {
        repository: 'acme/gitops',
        'gitops-token': stage.github.token,
        path: OVERLAY,
        images: `ghcr.io/acme/mailer:${version}`,
      },
    );
    stage.timeline.event(`mailer ${version} is written to the same file`);
  }
}

async function somebodyWithGit({ gitops, github, timeline }: Stage): Promise<void> {
  await using directory = await temporaryDirectory();
  const cwd = join(directory.path, 'gitops');
  const env = credentials(github.token);
  await git(['clone', '--quiet', gitops.cloneUrl, cwd], { env });
  for (const level of [1, 2, 3]) {
    while (!(await pushLogLevel(cwd, env, level)))
      await git(['reset', '--quiet', '--hard', 'HEAD~1'], { cwd });
    timeline.event(`a colleague pushes LOG_LEVEL=debug-${level} with git`);
  }
}

/** Pull, edit, commit, push; false when somebody else's commit came first. */
async function pushLogLevel(cwd: string, env: Record<string, string>, level: number): Promise<boolean> {
  await git(['pull', '--quiet', '--rebase'], { cwd, env });
  const file = join(cwd, OVERLAY);
  await writeFile(file, (await readFile(file, 'utf8')).replace(/LOG_LEVEL=\S+/, `LOG_LEVEL=debug-${level}`));
  await git(['commit', '--quiet', '--all', '--message', `Log level debug-${level}`], { cwd });
  return git(['push', '--quiet'], { cwd, env }).then(
    () => true,
    () => false,
  );
}

/** The token reaches git through its environment, never through an argument or a remote's address. */
function credentials(token: string): Record<string, string> {
  const basic = Buffer.from(`x-access-token:${token}`).toString('base64');
  return {
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'http.extraHeader',
    GIT_CONFIG_VALUE_0: `Authorization: Basic ${basic}`,
  };
}
