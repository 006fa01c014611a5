import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from '@jest/globals';

const SCRIPT = `
const { officialRunner } = await import(process.argv[1]);
process.stdin.resume().on('end', () => {
  const runner = officialRunner((text) => text);
  runner.info('one');
  setTimeout(() => {
    runner.warning('two');
    console.error('went on');
  }, 50);
});`;

test('when nobody reads the output any more, what was begun goes on', async () => {
  const runner = new URL('../../src/action/index.ts', import.meta.url).href;
  const child = spawn(process.execPath, ['--conditions=source', '--input-type=module', '-e', SCRIPT, runner]);
  const said: string[] = [];
  child.stderr.on('data', (text) => said.push(String(text)));
  child.stdout.destroy();
  child.stdin.end();
  const [exitCode] = await once(child, 'close');
  expect([exitCode, said.join('')]).toEqual([0, 'went on\n']);
});
