import { isBlob } from '../git-blob.ts';
import { fetchObjects, type GitBranch } from './head.ts';

/** Contents by object id; what was read once is not asked for again after a conflict. */
export class GitBlobs {
  readonly #known = new Map<string, Buffer>();

  /**
   * Contents of blobs, those that are not in the clone fetched in one request.
   *
   * @throws Error when git gives bytes that do not match an id
   */
  async read(target: GitBranch, ids: readonly string[]): Promise<ReadonlyMap<string, Buffer>> {
    const wanted = [...new Set(ids)].filter((id) => !this.#known.has(id));
    if (wanted.length > 0) {
      await fetchObjects(target, wanted);
      const output = await target.client.output(['cat-file', '--batch'], {
        signal: target.signal,
        input: `${wanted.join('\n')}\n`,
      });
      for (const [id, content] of parseBatch(output)) this.#known.set(id, content);
    }
    return new Map(ids.map((id) => [id, this.#contentOf(id)]));
  }

  #contentOf(id: string): Buffer {
    const content = this.#known.get(id);
    if (content !== undefined && isBlob(content, id)) return content;
    throw new Error(`git did not give the bytes of object ${id}; nothing was written.`);
  }
}

/** https://git-scm.com/docs/git-cat-file#_batch_output */
export function* parseBatch(output: Buffer): Generator<readonly [id: string, content: Buffer]> {
  for (let start = 0; start < output.length; ) {
    const end = output.indexOf('\n', start);
    const [id = '', type = '', size = ''] = output.toString('latin1', start, end).split(' ');
    if (end < 0 || type !== 'blob') return;
    const next = end + 1 + Number(size);
    yield [id, output.subarray(end + 1, next)];
    start = next + 1;
  }
}
