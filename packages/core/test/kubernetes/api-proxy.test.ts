import { stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import type { Command, Exec } from '@gitops-actions/core/exec';
import { openCluster, withProxy } from '@gitops-actions/core/kubernetes';
import { expect, test } from '@jest/globals';

/** A cluster whose programs run until they are stopped. */
async function open() {
  const started: Command[] = [];
  const exec: Exec = (command) => {
    started.push(command);
    const { signal } = command;
    const ended = Promise.withResolvers<never>();
    if (signal.aborted) ended.reject(signal.reason);
    signal.addEventListener('abort', () => ended.reject(signal.reason));
    return ended.promise;
  };
  const cluster = await openCluster({ kubeconfig: '', environment: {}, temp: tmpdir(), exec });
  return { cluster, started };
}

test('a cancellation ends the proxy before anybody disposes of it', async () => {
  const { cluster, started } = await open();
  const controller = new AbortController();
  await using proxied = withProxy(cluster, controller.signal);
  expect(started.map(({ args, signal }) => [args[0], signal.aborted])).toEqual([['proxy', false]]);
  controller.abort();
  expect(started[0]?.signal.aborted).toBe(true);
  expect((await stat(proxied.folder)).isDirectory()).toBe(true);
});

test('one that was cancelled before ends at once too, and so does one that is disposed of', async () => {
  const early = await open();
  await using _over = withProxy(early.cluster, AbortSignal.abort());
  expect(early.started[0]?.signal.aborted).toBe(true);
  const late = await open();
  const proxied = withProxy(late.cluster, new AbortController().signal);
  await proxied[Symbol.asyncDispose]();
  expect(late.started[0]?.signal.aborted).toBe(true);
  await expect(stat(proxied.folder)).rejects.toThrow('ENOENT');
});
