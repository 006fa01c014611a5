import { InputReader, type Run } from '@gitops-actions/core/action';
import { isOciTag } from '@gitops-actions/core/release';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readFormat } from '../src/format-input.ts';
import { makeId } from '../src/id.ts';
import { readSource } from '../src/source.ts';

const run: Run = {
  repository: 'acme/shop',
  repositoryId: 1,
  serverUrl: 'https://github.com',
  apiUrl: 'https://api.github.com',
  graphqlUrl: 'https://api.github.com/graphql',
  runId: 1001,
  runNumber: 42,
  runAttempt: 1,
  sha: 'abc1234def0000000000000000000000000000aa',
  ref: 'refs/heads/main',
  eventName: 'push',
  event: {},
  workflowRef: '',
  url: '',
  workspace: '',
  temp: '',
};
const idOf = (format: string, facts: Partial<Run> = {}) => {
  const here = { ...run, ...facts };
  const input = readFormat(new InputReader({ INPUT_FORMAT: format }), 'format');
  return makeId(input, input.format, { ...here, ...readSource(here) }, here);
};

describe('the id', () => {
  test.each([
    ['v1.0.{{run_number}}-{{sha}}', {}, 'v1.0.42-abc1234'],
    ['{{sha}}', {}, 'abc1234'],
    ['{{ branch }}-{{run_id}}.{{run_attempt}}', {}, 'main-1001.1'],
    ['{{branch}}', { ref: 'refs/heads/feature/a b+c' }, 'feature-a-b-c'],
    ['{{tag}}', { ref: 'refs/tags/v1.2.3' }, 'v1.2.3'],
    ['{{tag}}', { ref: 'refs/tags/release/V2' }, 'release-V2'],
    ['{{sha}}', { sha: `0123456${'0'.repeat(33)}` }, 'g0123456'],
    ['{{sha}}', { sha: 'f'.repeat(64) }, 'fffffff'],
  ])('of %s with %j is %s', (format, facts, id) => {
    expect(idOf(format, facts)).toBe(id);
  });

  const noValue = (name: string, event: string, ref: string, where: string) =>
    `Input "format" uses {{${name}}}, which has no value for the event "${event}" on "${ref}"; leave it out, or run this workflow ${where}.`;
  const known =
    '{{run_number}}, {{run_id}}, {{run_attempt}}, {{sha}}, {{branch}}, {{tag}}, {{pr}}, {{version}}, {{commit_date}}, {{date}}';
  const legal = (character: string) =>
    `it must be an image tag of letters, digits, ".", "_" and "-" with placeholders such as {{sha}}, without "${character}".`;
  test.each([
    ['', {}, 'Input "format" is empty; it is required.'],
    ['{{shaa}}', {}, 'Input "format" uses {{shaa}}, which is not a placeholder; did you mean {{sha}}?'],
    ['{{SHA}}', {}, 'Input "format" uses {{SHA}}, which is not a placeholder; did you mean {{sha}}?'],
    [
      '{{run-number}}',
      {},
      'Input "format" uses {{run-number}}, which is not a placeholder; did you mean {{run_number}}?',
    ],
    ["{{sha 'x'}}", {}, `Input "format" uses {{sha 'x'}}, which takes no argument; write {{sha}}.`],
    [
      "{{commit_date 'yyyy-mm-dd'}}",
      {},
      `Input "format" uses {{commit_date 'yyyy-mm-dd'}}, which has a date format that is not one that ids can carry: "yyyy" is not known (the year is "YYYY"), "dd" is not known (the day is "DD"), "mm" is the minute and there is no hour "HH"; the month is "MM".`,
    ],
    [
      '{{constructor}}',
      {},
      `Input "format" uses {{constructor}}, which is not a placeholder; known are ${known}.`,
    ],
    ['v{{ }}', {}, `Input "format" uses {{}}, which is not a placeholder; known are ${known}.`],
    ['v1/{{sha}}', {}, `Input "format" is "v1/{{sha}}"; ${legal('/')}`],
    ['v1-{{sha', {}, `Input "format" is "v1-{{sha"; ${legal('{')}`],
    ['v1+{{sha}}', {}, `Input "format" is "v1+{{sha}}"; ${legal('+')}`],
    ['{{pr}}', {}, noValue('pr', 'push', 'refs/heads/main', 'on a pull request or its merge queue entry')],
    ['{{tag}}', {}, noValue('tag', 'push', 'refs/heads/main', 'on a git tag')],
    [
      '{{branch}}',
      { ref: 'refs/tags/v1', eventName: 'release' },
      noValue('branch', 'release', 'refs/tags/v1', 'on a branch or a pull request'),
    ],
    [
      '-{{sha}}',
      {},
      'Input "format" gives the id "-abc1234", which is not a valid image tag: it begins with a sign; begin the format with a letter, a digit or "_".',
    ],
    [
      '{{branch}}',
      { ref: `refs/heads/${'b'.repeat(129)}` },
      `Input "format" gives the id "${'b'.repeat(100)}…", which is not a valid image tag: it has 129 characters; at most 128 are allowed, so leave a long placeholder out.`,
    ],
    [
      '{{sha}}',
      { sha: 'main' },
      'The variable GITHUB_SHA is "main"; it must be a full commit id, so run this action on an event that GitHub sent.',
    ],
  ])('of %j with %j is refused', (format, facts, message) => {
    expect(() => idOf(format, facts)).toThrow(new Error(message));
  });

  test('is a valid image tag, or refused with one sentence, whatever the branch and the format', () => {
    const part = fc.constantFrom(
      'v1.',
      '-',
      '_',
      'x',
      '{{sha}}',
      '{{branch}}',
      '{{run_number}}',
      '{{pr}}',
      '{',
      '/',
    );
    const formats = fc.array(part, { minLength: 1, maxLength: 12 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(formats, fc.string({ unit: 'binary', minLength: 1, maxLength: 150 }), (format, branch) => {
        try {
          expect(isOciTag(idOf(format, { ref: `refs/heads/${branch}` }))).toBe(true);
        } catch (error) {
          expect(Error.isError(error) && error.message).toMatch(/^Input "format" .+[.?]$/s);
          expect(Error.isError(error) && error.name).toBe('ConfigurationError');
        }
      }),
      { numRuns: 500 },
    );
  });
});
