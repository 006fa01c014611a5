import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { temporaryDirectory } from '@gitops-actions/testkit';
import { expect, test } from '@jest/globals';
import { root } from '../../scripts/project.ts';

test('without its engines a suite is skipped, and the test command says which and what adds it', async () => {
  await using cache = await temporaryDirectory();
  const { CI: _, ...env } = process.env;
  const args = [join(root, 'scripts/test.ts'), 'test/engines/flux.test.ts'];
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    env: { ...env, XDG_CACHE_HOME: cache.path },
  });
  expect(stdout.trim().split('\n')).toEqual([
    'Not run, because what they run on is not built on this machine:',
    '  test/engines/flux.test.ts: Flux on a cluster, its source a stand-in [needs kubernetes, kwok, flux]',
    expect.stringMatching(/^npx -y pnpm@\S+ engines builds it once/),
    expect.stringMatching(/^0 passed, 0 failed, \d+ skipped$/),
  ]);
});
