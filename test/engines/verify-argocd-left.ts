import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { enginePath } from '@gitops-actions/testkit';
import { expect, test } from '@jest/globals';
import { type ArgoCdScene, LONGEST } from './verify-argocd-scene.ts';

/** Milliseconds: while it starts, at its first look, and while it waits. */
const MOMENTS = [400, 800, 1200, 3000];

/** That verify-deployment leaves no program running, however it ends; of the Application `web`. */
export function testNothingLeft(given: () => ArgoCdScene): void {
  test.each(['SIGINT', 'SIGTERM', 'the time is over'] as const)(
    'nothing is left running: %s',
    async (end) => {
      const commit = await given().push({ 'other/note.txt': end });
      for (const after of end === 'the time is over' ? [0] : MOMENTS) {
        const mark = randomUUID();
        const run = await given().verify(
          {
            application: 'web',
            commit,
            images: 'ghcr.io/acme/web:none',
            timeout: after === 0 ? '2s' : '60s',
          },
          {
            env: { PATH: enginePath(['kubernetes']), VERIFY_MARK: mark },
            ...(end !== 'the time is over' && { kill: { after, signal: end } }),
          },
        );
        expect(run.exitCode === 0 ? 'green' : 'ended').toBe('ended');
        expect(await running(mark)).toEqual([]);
      }
    },
    LONGEST,
  );
}

/** Programs that have this in their environment. */
async function running(mark: string): Promise<readonly string[]> {
  const { stdout } = await promisify(execFile)('ps', ['axeww', '-o', 'pid=,command=']);
  return stdout.split('\n').filter((line) => line.includes(`VERIFY_MARK=${mark}`));
}
