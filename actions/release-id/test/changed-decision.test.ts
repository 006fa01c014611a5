import type { Run } from '@gitops-actions/core/action';
import { describe, expect, test } from '@jest/globals';
import { type Base, baseOf, parseSince } from '../src/changed/base.ts';
import { keptSummary } from '../src/changed/summary.ts';
import { keep } from '../src/changed/verdict.ts';
import { parseServices } from '../src/services.ts';

const SHA = 'b'.repeat(40);
const WORKFLOW = 'Acme/shop/.github/workflows/ci.yml@refs/heads/a@b';
const none = (why: string): Base => ({ kind: 'none', why });
const commit = (what: string, mayDiverge: boolean): Base => ({
  kind: 'commit',
  revision: SHA,
  what,
  mayDiverge,
});

describe('what a run is compared with', () => {
  const pull = { pull_request: { base: { sha: SHA } } };
  const branch = 'refs/heads/a@b';
  test.each([
    ['pull_request', pull, 'refs/pull/1/merge', commit('the base of the pull request', true)],
    ['pull_request_target', pull, branch, commit('the base of the pull request', true)],
    ['pull_request_review', pull, branch, commit('the base of the pull request', true)],
    ['pull_request_review_comment', pull, branch, commit('the base of the pull request', true)],
    ['pull_request', {}, branch, none('the event does not say the base of the pull request')],
    ['merge_group', { merge_group: { base_sha: SHA } }, branch, commit('the base of the merge group', false)],
    ['merge_group', {}, branch, none('the event does not say the base of the merge group')],
    ['push', {}, branch, { kind: 'last-success', workflow: 'ci.yml', branch: 'a@b' }],
    ['push', { forced: true }, branch, { kind: 'last-success', workflow: 'ci.yml', branch: 'a@b' }],
    ['push', { created: true }, branch, none('the branch is new')],
    ['push', {}, 'refs/tags/v1', none('a tag was pushed')],
    ['release', {}, 'refs/tags/v1', none('the event "release" has nothing to compare with')],
    ['schedule', {}, branch, none('the event "schedule" has nothing to compare with')],
    ['workflow_dispatch', {}, branch, none('the event "workflow_dispatch" has nothing to compare with')],
    ['workflow_run', {}, branch, none('the event "workflow_run" has nothing to compare with')],
    ['repository_dispatch', {}, branch, none('the event "repository_dispatch" has nothing to compare with')],
  ])('%s %j on %s', (eventName, event, ref, base) => {
    const run = {
      eventName,
      event,
      ref,
      repository: 'Acme/shop',
      workflowRef: WORKFLOW,
    } as Partial<Run> as Run;
    expect(baseOf(run, 'auto')).toEqual(base);
    expect(baseOf(run, SHA)).toEqual(commit('the input changed-since', false));
    expect(baseOf(run, '0'.repeat(40))).toEqual(none('there is no commit before the first one'));
  });

  test.each([
    '',
    'acme/rules/.github/workflows/ci.yml@refs/heads/main',
    'Acme/shop/dynamic/x@refs/heads/main',
  ])('a push in the workflow "%s"', (workflowRef) => {
    const run = {
      eventName: 'push',
      event: {},
      ref: 'refs/heads/main',
      repository: 'Acme/shop',
      workflowRef,
    };
    expect(baseOf(run as Partial<Run> as Run, 'auto')).toEqual(
      none('the workflow is not a file of this repository'),
    );
  });
});

describe('changed-since', () => {
  test.each(['auto', 'main', 'release/1.x', 'v1.0.0', 'refs/tags/v1', SHA, 'abc1234', 'é', 'a@b'])(
    '%s',
    (text) => {
      expect(parseSince(text)).toBe(text);
    },
  );

  test.each([
    '',
    'a b',
    'a...b',
    'main~1',
    'main^',
    'x:main',
    '-x',
    '/main',
    'main/',
    'a//b',
    'a.lock',
    '@{u}',
    'a\nb',
    '*',
    'a\\b',
    '.',
    'x'.repeat(256),
  ])('%j is refused', (text) => {
    expect(() => parseSince(text)).toThrow(
      /^Input "changed-since" is ".*; it must be "auto", or the name of a branch or tag, or a commit id\.$/,
    );
  });
});

describe('which services are kept', () => {
  const services =
    parseServices(
      '["always", {"name": "web", "paths": ["web", "!web/docs"]}, {"name": "api", "context": "api"}]',
    ) ?? [];
  const known = (...files: string[]) =>
    ({ kind: 'known', what: 'the base', revision: 'abc', files }) as const;

  test.each([
    ['nothing changed', known(), ['always']],
    ['a file of one', known('web/a'), ['always', 'web']],
    ['files of both', known('web/a', 'api/b'), ['always', 'web', 'api']],
    ['an exception only', known('web/docs/a'), ['always']],
    ['an exception and another file', known('web/docs/a', 'web/b'), ['always', 'web']],
    ['a file of none', known('README.md'), ['always']],
    ['not known', { kind: 'unknown', level: 'notice', why: 'x' } as const, ['always', 'web', 'api']],
  ])('%s', (_what, changes, names) => {
    expect(keep(services, changes).services.map(({ name }) => name)).toEqual(names);
  });

  test('the summary says why, and file names in it stay text', () => {
    const file = 'web/`|<img src=x>@octocat\n# x';
    const kept = keep(services, known(file, 'web/b'));
    expect(keptSummary(kept)).toBe(
      [
        '`Files changed since abc, the base: 2.`',
        '',
        '| service | kept | because |',
        '| --- | --- | --- |',
        '| `always` | yes | it has neither paths nor a context |',
        '| `web` | yes | changed, with 1 more: ``web/`\\|<img src=x>@octocat # x`` |',
        '| `api` | no | nothing of it changed |',
      ].join('\n'),
    );
  });

  test('no services: no table', () => {
    expect(keptSummary(keep([], { kind: 'unknown', level: 'info', why: 'x' }))).toBe(
      '`All services are kept, because x.`',
    );
  });
});
