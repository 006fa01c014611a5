import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Command, Exec } from '../../src/exec/index.ts';
import { watchChanges } from '../../src/kubernetes/index.ts';

const FORBIDDEN =
  'Error from server (Forbidden): applications is forbidden: User "x" cannot watch resource "applications"';
const silent = { info: () => {}, notice: () => {}, warning: () => {} };

/** A kubectl whose watches are ended and fed by hand. */
function byHand() {
  const watches: { command: Command; end: (exitCode: number, stderr: string) => void }[] = [];
  const exec: Exec = (command) => {
    const { promise, resolve, reject } = Promise.withResolvers<Awaited<ReturnType<Exec>>>();
    command.signal.addEventListener('abort', () => reject(command.signal.reason), { once: true });
    const end = (exitCode: number, stderr: string) => resolve({ exitCode, stdout: Buffer.alloc(0), stderr });
    watches.push({ command, end });
    return promise;
  };
  const said: string[] = [];
  return { exec, watches, said, log: { ...silent, debug: (text: string) => said.push(text) } };
}

describe('watchChanges', () => {
  let controller: AbortController;
  beforeEach(() => {
    controller = new AbortController();
  });
  afterEach(() => controller.abort());
  const start = (kubectl: ReturnType<typeof byHand>, paths = ['/apis/x/things?labelSelector=a%3Db']) => {
    const options = { signal: controller.signal, log: kubectl.log, pause: 1 };
    return watchChanges({ exec: kubectl.exec, env: {} }, paths, options);
  };
  const isSettled = async (promise: Promise<void>) =>
    (await Promise.race([promise.then(() => true), sleep(50, false)])) === true;

  test('a change between two calls is not lost, and told once', async () => {
    const kubectl = byHand();
    const changes = start(kubectl);
    expect(kubectl.watches[0]?.command.args).toEqual([
      'get',
      '--raw',
      '/apis/x/things?labelSelector=a%3Db&watch=true',
    ]);
    kubectl.watches[0]?.command.onOutput?.(Buffer.from('{}'));
    kubectl.watches[0]?.command.onOutput?.(Buffer.from('{}'));
    expect(await isSettled(changes.next())).toBe(true);
    const next = changes.next();
    expect(await isSettled(next)).toBe(false);
    kubectl.watches[0]?.command.onOutput?.(Buffer.from('{}'));
    expect(await isSettled(next)).toBe(true);
  });

  test('one that the server ended is begun anew, and counts as a change', async () => {
    const kubectl = byHand();
    const changes = start(kubectl, ['/apis/x/things', '/apis/x/others']);
    expect(kubectl.watches).toHaveLength(2);
    kubectl.watches[1]?.end(0, '');
    expect(await isSettled(changes.next())).toBe(true);
    kubectl.watches[0]?.end(1, 'error: unexpected EOF');
    await sleep(50);
    expect(kubectl.watches.map(({ command }) => command.args[2])).toEqual([
      '/apis/x/things?watch=true',
      '/apis/x/others?watch=true',
      '/apis/x/others?watch=true',
      '/apis/x/things?watch=true',
    ]);
  });

  test('one that is not allowed is given up, and the reason is for the debug log', async () => {
    const kubectl = byHand();
    start(kubectl);
    kubectl.watches[0]?.end(1, FORBIDDEN);
    await sleep(50);
    expect(kubectl.watches).toHaveLength(1);
    expect(kubectl.said).toEqual([expect.stringContaining('cannot watch resource "applications"')]);
  });
});
