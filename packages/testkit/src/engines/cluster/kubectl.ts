import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { program } from '../catalog.ts';
import { runProgram } from '../run-program.ts';
import type { Kubectl, KubernetesObject } from './types.ts';

/** @param env whose `KUBECONFIG` says as whom */
export function createKubectl(folder: string, env: Readonly<Record<string, string>>): Kubectl {
  const file = program('kubernetes', 'kubectl');
  const kubectl = async (...args: string[]) => (await runProgram(file, args, { cwd: folder, env })).stdout;
  const withFile = async (objects: readonly object[], work: (file: string) => Promise<unknown>) => {
    const path = join(folder, `${randomUUID()}.json`);
    await writeFile(path, JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }));
    try {
      await work(path);
    } finally {
      await rm(path);
    }
  };
  return {
    kubectl,
    apply: (...things) => {
      const files = things.filter((thing) => typeof thing === 'string');
      const objects = things.filter((thing) => typeof thing !== 'string');
      return withFile(objects, (own) => {
        const named = [...files, own].flatMap((file) => ['-f', file]);
        return kubectl('apply', '--server-side', '--force-conflicts', ...named);
      });
    },
    async get<T extends object = KubernetesObject>(kind: string, namespace: string, name: string) {
      const text = await kubectl('get', kind, name, '-n', namespace, '--ignore-not-found', '-o', 'json');
      return text === '' ? undefined : (JSON.parse(text) as T);
    },
    async list<T extends object = KubernetesObject>(kind: string, namespace: string, selector = '') {
      const text = await kubectl('get', kind, '-n', namespace, '-l', selector, '-o', 'json');
      return (JSON.parse(text) as { items: T[] }).items;
    },
  };
}
