import { describe, expect, test } from '@jest/globals';
import { type Command, commandLine, spawnExec } from '../../src/exec/index.ts';

const { signal } = new AbortController();

/** Node itself, as a program that is always there. */
function node(script: string, more: Partial<Command> = {}): Command {
  return { program: process.execPath, args: ['-e', script], env: {}, signal, ...more };
}

describe('spawnExec', () => {
  test('gives exit code and output, whatever the code', async () => {
    const finished = await spawnExec(node('console.log("out"); console.error("err"); process.exitCode = 3'));
    expect({ ...finished, stdout: finished.stdout.toString() }).toEqual({
      exitCode: 3,
      stdout: 'out\n',
      stderr: 'err\n',
    });
  });

  test('hands over arguments and input as they are, and no environment but its own', async () => {
    const script =
      'process.stdin.pipe(process.stdout); console.log(JSON.stringify([process.argv.slice(1), process.env]))';
    const args = ['-e', script, '$(touch x)', '; ls', 'a b', '"', ''];
    const { stdout } = await spawnExec(
      node('', { args, env: { ONLY: 'this' }, input: Buffer.from([0, 255, 10]) }),
    );
    const end = stdout.indexOf('\n');
    expect(JSON.parse(stdout.toString('utf8', 0, end))).toEqual([args.slice(2), { ONLY: 'this' }]);
    expect([...stdout.subarray(end + 1)]).toEqual([0, 255, 10]);
  });

  test('a program that does not read its input is no failure', async () => {
    const finished = await spawnExec(node('process.stdin.destroy()', { input: Buffer.alloc(4_000_000) }));
    expect(finished.exitCode).toBe(0);
  });

  test('a program that is not there', async () => {
    await expect(spawnExec(node('', { program: 'no-such-program' }))).rejects.toMatchObject({
      name: 'CommandFailed',
      code: 'ENOENT',
      message: expect.stringMatching(/^no-such-program -e "" cannot be started \(ENOENT\)$/),
    });
  });

  test('too much output stops it', async () => {
    const endless = node('setInterval(() => process.stdout.write("x".repeat(1000)), 1)', {
      outputLimit: 5000,
    });
    await expect(spawnExec(endless)).rejects.toThrow('printed more than is taken');
  });

  test('output is taken as it comes, whatever the limit, and none of it is kept', async () => {
    const controller = new AbortController();
    const pieces: string[] = [];
    const endless = node('setInterval(() => console.log("x".repeat(100)), 20)', {
      signal: controller.signal,
      outputLimit: 10,
      onOutput: (piece) => {
        pieces.push(piece.toString());
        if (pieces.length === 3) controller.abort(new Error('enough'));
      },
    });
    await expect(spawnExec(endless)).rejects.toThrow('enough');
    expect(pieces.length).toBeGreaterThanOrEqual(3);
    const finished = await spawnExec(
      node('console.log("all")', { onOutput: (piece) => pieces.push(`${piece}`) }),
    );
    expect(finished).toMatchObject({ exitCode: 0, stdout: Buffer.alloc(0) });
    expect(pieces.at(-1)).toBe('all\n');
  });

  test('killed by somebody else', async () => {
    await expect(spawnExec(node('process.kill(process.pid, "SIGKILL")'))).rejects.toThrow(
      'was killed (SIGKILL)',
    );
  });

  test.each([
    ['stops at SIGTERM', 'setInterval(() => {}, 1000)'],
    [
      'has started another that holds its output',
      'require("child_process").spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "inherit" }); setInterval(() => {}, 1000)',
    ],
    ['ignores SIGTERM', 'process.on("SIGTERM", () => {}); setInterval(() => {}, 1000)'],
  ])('aborted: it is gone when the call ends (%s)', async (_, script) => {
    const controller = new AbortController();
    const running = spawnExec(
      node(`console.log(process.pid); ${script}`, { signal: controller.signal, grace: 50 }),
    );
    setTimeout(() => controller.abort(new Error('cancelled')), 300);
    await expect(running).rejects.toThrow('cancelled');
  });

  test('aborted before: never started', async () => {
    const aborted = AbortSignal.abort(new Error('cancelled'));
    await expect(spawnExec(node('', { program: 'no-such-program', signal: aborted }))).rejects.toThrow(
      'cancelled',
    );
  });
});

test('a command line for people quotes what is not plain', () => {
  expect(commandLine({ program: 'git', args: ['push', '--porcelain', 'a b', "it's", ''] })).toBe(
    'git push --porcelain "a b" "it\'s" ""',
  );
});
