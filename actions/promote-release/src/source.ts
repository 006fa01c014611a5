import type { ActionContext } from '@gitops-actions/core/action';
import { openTarget, readableFiles } from '@gitops-actions/core/delivery';
import { fullName } from '@gitops-actions/core/github';
import { type ReadImage, readImages } from '@gitops-actions/core/manifest';
import type { Inputs } from './inputs.ts';

/** What is promoted, as it stood at one commit. */
export interface Source {
  readonly images: readonly ReadImage[];
  /** Paths of the files that were read. */
  readonly files: readonly string[];
  /** For messages: `acme/gitops@main`. */
  readonly name: string;
  /** Its repository: `acme/gitops`, or what git is told. */
  readonly address: string;
  /** For the commit's trailer: `acme/gitops@<commit id>`. */
  readonly revision: string;
  readonly commit: string;
}

/** Reads the source once: a promotion is of what stood there at one commit, whatever comes while it lands. */
export async function openSource({ source, fromPaths }: Inputs, context: ActionContext): Promise<Source> {
  await using repository = await openTarget(source, context);
  const snapshot = await repository.read(fromPaths, context.signal);
  const files = readableFiles(snapshot, {
    paths: fromPaths,
    input: 'from-path',
    name: repository.name,
  });
  const address = source.transport === 'api' ? fullName(source.repository) : source.remote.url;
  return {
    images: readImages(files),
    files: files.map(({ path }) => path),
    name: repository.name,
    address,
    revision: `${address}@${snapshot.head}`,
    commit: snapshot.head,
  };
}
