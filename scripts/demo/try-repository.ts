import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ConfigurationError, linesOf } from '@gitops-actions/core/action';
import { parsePathSpec, pathMatcher } from '@gitops-actions/core/gitops';
import { type ImageTarget, parseImageTarget } from '@gitops-actions/core/image';
import { applyPlaces, findPlaces, type ManifestFile, unifiedDiff } from '@gitops-actions/core/manifest';

const USAGE = `Usage: demo --repository <folder or address> --path <file, folder or glob> --images <reference> [--add-missing]
--path and --images may be given several times. Nothing is written.`;

/** Shows what update-manifest would change in a repository of the reader's own, writing nothing. Returns the exit code. */
export function tryRepository(args: readonly string[]): number {
  try {
    const { repository, paths, images, addMissing } = readArguments(args);
    const files = readHead(repository, paths);
    console.log(`${files.length} YAML and JSON files at HEAD of ${repository} match.\n`);
    const refused = images
      .map((image) => tryImage(files, image, addMissing))
      .filter((isFine) => !isFine).length;
    console.log(
      `Nothing was written. ${refused === 0 ? 'No place is refused.' : `${refused} of ${images.length} images are refused.`}`,
    );
    return refused === 0 ? 0 : 1;
  } catch (error) {
    console.error(Error.isError(error) ? error.message : String(error));
    return 2;
  }
}

function readArguments(args: readonly string[]) {
  const options = {
    repository: { type: 'string' },
    path: { type: 'string', multiple: true },
    images: { type: 'string', multiple: true },
    'add-missing': { type: 'boolean' },
  } as const;
  const { values } = parseArgs({ args: [...args], options });
  const { repository, path = [], images = [] } = values;
  if (!repository || path.length === 0 || images.length === 0) throw new Error(USAGE);
  return {
    repository,
    paths: parsePathSpec(path.flatMap(linesOf), 'path'),
    images: images.flatMap(linesOf).map(readImage),
    addMissing: values['add-missing'] === true,
  };
}

function readImage(text: string): ImageTarget {
  const image = parseImageTarget(text);
  if (image === undefined) throw new Error(`--images ${text} is no image reference with a tag or digest.`);
  return image;
}

/** The wanted files at the head: of a folder directly, of an address through a shallow clone that is removed again. */
function readHead(repository: string, paths: readonly string[]): readonly ManifestFile[] {
  const isAddress = /^[a-z+]+:\/\/|^[^/]+@[^/]+:/.test(repository);
  if (!isAddress) return filesAt(repository, paths);
  const directory = mkdtempSync(join(tmpdir(), 'gitops-actions-try-'));
  try {
    git(['clone', '--quiet', '--bare', '--depth=1', '--', repository, directory]);
    return filesAt(directory, paths);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function filesAt(directory: string, paths: readonly string[]): readonly ManifestFile[] {
  const matchers = paths.map(pathMatcher);
  const entries = git(['-C', directory, 'ls-tree', '-r', '-z', '--full-tree', 'HEAD']).toString().split('\0');
  return entries.flatMap((entry) => {
    const [, mode, oid, path = ''] = /^(\d+) blob ([0-9a-f]+)\t(.*)$/s.exec(entry) ?? [];
    const isWanted =
      mode === '100644' && /\.(?:ya?ml|json)$/i.test(path) && matchers.some((matches) => matches(path));
    return isWanted ? [{ path, content: git(['-C', directory, 'cat-file', 'blob', oid ?? '']) }] : [];
  });
}

function git(args: readonly string[]): Buffer {
  return execFileSync('git', args, { stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 64 * 1024 * 1024 });
}

/** Each image on its own, so that every refusal is seen. */
function tryImage(files: readonly ManifestFile[], image: ImageTarget, addMissing: boolean): boolean {
  try {
    const found = findPlaces(files, { images: [image], addMissing });
    const { files: changed, changes } = applyPlaces(found, () => 'write');
    for (const { file, line, path, from, to, result } of changes)
      console.log(`${file}:${line} ${path}: ${from} → ${to} (${result})`);
    for (const { path, content } of changed) console.log(`\n${diffOf(files, path, content)}`);
    return true;
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    console.log(`REFUSED ${image.kustomizeName ?? image.reference.written}: ${error.message}\n`);
    return false;
  }
}

function diffOf(files: readonly ManifestFile[], path: string, content: string): string {
  const before = files.find((file) => file.path === path)?.content.toString('utf8') ?? '';
  return unifiedDiff(path, before, content);
}
