import { describe, expect, test } from '@jest/globals';
import { errorsOf } from './official-parser.ts';
import { workflows } from './project.ts';

describe("GitHub's own parser", () => {
  test.each(workflows.map(({ path, lines }) => [path, lines.join('\n')]))(
    'accepts %s',
    async (path, text) => {
      expect(await errorsOf(path, text)).toEqual([]);
    },
  );

  const job = 'on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n';
  const call = 'gitops-actions/gitops-actions/.github/workflows/cleanup-previews.yml@v1';
  test.each([
    ['an unknown key', `${job}    stepz: []\n`, "Unexpected value 'stepz'"],
    ['a job that does not exist', `${job}    needs: b\n    steps: [{ run: ls }]\n`, 'b'],
    ['an unknown function', `${job}    if: sometimes()\n    steps: [{ run: ls }]\n`, 'sometimes'],
    [
      'a call without a required input',
      `on: push\njobs:\n  a:\n    uses: ${call}\n    with: { path: previews }\n`,
      'engine',
    ],
    [
      'a call with an unknown input',
      `on: push\njobs:\n  a:\n    uses: ${call}\n    with: { paht: previews }\n`,
      'paht',
    ],
  ])('refuses %s', async (_name, text, part) => {
    expect((await errorsOf('bad.yml', text)).join('\n')).toContain(part);
  });
});
