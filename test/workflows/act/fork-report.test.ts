import type { EventPayload, PullRequest } from '@gitops-actions/testkit';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { describeOn } from '../../engines/suite.ts';
import { expectJobs, jobOf } from './expect-jobs.ts';
import type { Ran } from './run-workflow.ts';
import { buildScene, type Scene } from './scene.ts';

const LONGEST = 120_000;
const RUN = 11;

/** What the pull request's own code prints. */
const program = (text: string) => `#!/bin/sh\ncat <<'END'\n${text}\nEND\n`;

describeOn(['act', 'crane'], "the report of a fork's pull request, from one run to the other", () => {
  let scene: Scene;
  let pull: PullRequest;
  beforeAll(async () => {
    scene = await buildScene();
    const fork = await scene.github.createRepository('mona/shop');
    const files = { 'report.sh': program('12 tests passed') };
    pull = await scene.shop.openPullRequest({ head: 'theirs', files, headRepository: fork });
  });
  afterAll(async () => {
    await scene?.[Symbol.asyncDispose]();
  });

  const report = (runNumber: number): Promise<Ran> =>
    scene.start(
      'comment-report',
      {
        ...{ event: 'pull_request', about: { pullRequest: pull }, runNumber },
        ...{ secrets: {}, variables: {}, file: 'report.yml' },
        token: scene.github.issueToken({ permissions: { contents: 'read', metadata: 'read' } }),
      },
      (text) => text.replace('run: ./report.sh', 'run: sh ./report.sh'),
    );
  const publish = (payload: EventPayload): Promise<Ran> =>
    scene.start('comment-publish', { event: 'workflow_run', payload, secrets: {}, runNumber: RUN + 10 });
  const ended = async (runNumber: number, { exitCode }: Ran): Promise<EventPayload> => {
    const payload = scene.github.event('workflow_run', { repository: scene.shop, pullRequest: pull });
    const { workflow_run } = payload as { workflow_run: object };
    const run = {
      id: 9000 + runNumber,
      run_number: runNumber,
      conclusion: exitCode === 0 ? 'success' : 'failure',
    };
    return { ...payload, workflow_run: { ...workflow_run, ...run } };
  };

  test(
    'the half without rights makes it, the half without code comments it',
    async () => {
      const made = await report(RUN);
      expectJobs(made, { Report: 'success' });
      expect(pull.comments()).toEqual([]);
      expectJobs(await publish(await ended(RUN, made)), { Comment: 'success' });
      expect(pull.comments()).toHaveLength(1);
      expect(pull.comments()[0]?.body).toContain('12 tests passed');
      expect(pull.comments()[0]?.body).toContain("Report, written by the pull request's own code");
    },
    LONGEST,
  );

  test(
    'a program that fails is reported as well, in the same comment',
    async () => {
      await pull.push({ 'report.sh': `${program('1 of 12 tests failed')}exit 1\n` });
      const made = await report(RUN + 1);
      expect(made.exitCode).toBe(1);
      expect((await publish(await ended(RUN + 1, made))).exitCode).toBe(0);
      expect(pull.comments()).toHaveLength(1);
      expect(pull.comments()[0]?.body).toContain('1 of 12 tests failed');
    },
    LONGEST,
  );

  test(
    'a report that claims to be of another pull request, and has commands for the runner, is text on its own',
    async () => {
      const other = await scene.shop.openPullRequest({ head: 'ours', files: { 'README.md': 'ours' } });
      await pull.push({ 'report.sh': program(`pull-request: ${other.number}\n::error::hostile`) });
      const made = await report(RUN + 2);
      const published = await publish(await ended(RUN + 2, made));
      expect(pull.comments()[0]?.body).toContain('::error::hostile');
      expect(jobOf(published, 'Comment').log).not.toContain('hostile');
      expect(other.comments()).toEqual([]);
    },
    LONGEST,
  );

  test(
    'a run without a report: red, and the comment stays as it was',
    async () => {
      const before = pull.comments();
      const payload = await ended(RUN + 9, await report(RUN + 3));
      const published = await publish(payload);
      expect(jobOf(published, 'Comment').log).toContain('Artifact not found for name: report');
      expect(pull.comments()).toEqual(before);
    },
    LONGEST,
  );
});
