import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Cluster, enginePath, temporaryDirectory } from '@gitops-actions/testkit';

interface RecordMap {
  readonly metadata: { readonly labels: Readonly<Record<string, string>> };
  readonly data: Readonly<Record<string, string>>;
}

/** Copies the record of pr-1 for pull requests up to `last`: previews of which nothing but the record is there. */
export async function addRecords(cluster: Cluster, namespace: string, last: number): Promise<void> {
  const first = await cluster.get<RecordMap>('configmap', namespace, 'preview-pr-1');
  if (first === undefined) throw new Error('There is no preview pr-1.');
  const { labels } = first.metadata;
  const record = first.data['preview.yaml'] ?? '';
  const numbers = Array.from({ length: last - 1 }, (_, index) => index + 2);
  const maps = numbers.map((number) => {
    const name = `pr-${number}`;
    const own = {
      'previews.gitops-actions/name': name,
      'previews.gitops-actions/pull-request': String(number),
    };
    const text = record.replaceAll('pr-1', name).replace('pullRequest: "1"', `pullRequest: "${number}"`);
    return {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: `preview-${name}`, namespace, labels: { ...labels, ...own } },
      data: { 'preview.yaml': text },
    };
  });
  const file = join(cluster.folder, `${namespace}.json`);
  await writeFile(file, JSON.stringify({ apiVersion: 'v1', kind: 'List', items: maps }));
  await cluster.kubectl('create', '-f', file);
}

/** kubectl and helm on a PATH of their own, which writes down how they are called. */
export interface WatchedPrograms extends AsyncDisposable {
  readonly path: string;
  /** Command lines, in order. */
  calls(): Promise<readonly string[]>;
}

export async function watchedPrograms(): Promise<WatchedPrograms> {
  const folder = await temporaryDirectory();
  const real = enginePath(['helm4', 'kubernetes']);
  const log = join(folder.path, 'calls');
  await writeFile(log, '');
  for (const program of ['kubectl', 'helm']) {
    const script = `#!/bin/sh\necho "${program} $*" >> '${log}'\nPATH='${real}' exec ${program} "$@"\n`;
    await writeFile(join(folder.path, program), script);
    await chmod(join(folder.path, program), 0o755);
  }
  return {
    path: `${folder.path}:${real}`,
    calls: async () => (await readFile(log, 'utf8')).split('\n').filter((line) => line !== ''),
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}
