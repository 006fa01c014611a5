import { posix } from 'node:path';
import {
  type Application,
  type ApplicationSource,
  commitOf,
  type FluxKustomization,
  isCommit,
  revisionsOf,
  sourcesOf,
} from '@gitops-actions/core/controller';
import type { Carried } from './replacement.ts';

interface Known {
  readonly isCurrent: (revision: string) => boolean;
  readonly isOurs: (repoUrl: string) => boolean;
}

/**
 * What an Application was compared with last, if that is the wanted commit or one after it, and where its images stand: its
 * paths and its files of values.
 *
 * @param application with one revision
 */
export function carriedByApplication(
  { spec, status }: Application,
  { isCurrent, isOurs }: Known,
): Carried | undefined {
  const [revision = ''] = revisionsOf(status?.sync);
  if (!isCommit(revision) || !isCurrent(revision)) return undefined;
  const all = sourcesOf(spec);
  const own = all.filter(({ repoURL = '' }) => isOurs(repoURL));
  const meant = own.length === 0 ? all : own;
  const folders = meant.flatMap(({ path }) => (path === undefined ? [] : folderPatterns(path)));
  const files = all.flatMap((source) => valueFiles(source, meant.includes(source)));
  return { revision, paths: [...new Set([...folders, ...files])] };
}

/** What a Kustomization applied last, or tries to, if that is the wanted commit or one after it. */
export function carriedByKustomization(
  { spec, status }: FluxKustomization,
  isCurrent: (commit: string) => boolean,
): Carried | undefined {
  const revision = commitOf(status?.lastAttemptedRevision) || commitOf(status?.lastAppliedRevision);
  if (!isCurrent(revision)) return undefined;
  return { revision, paths: folderPatterns(spec?.path ?? '') };
}

function folderPatterns(path: string): readonly string[] {
  const folder = inside(path);
  if (folder === undefined) return [];
  return [`${folder === '' ? '' : `${folder}/`}**/*.{yaml,yml,json}`];
}

/** https://argo-cd.readthedocs.io/en/stable/user-guide/helm/#values-files */
function valueFiles({ path = '', helm }: ApplicationSource, isOurs: boolean): readonly string[] {
  return (helm?.valueFiles ?? []).flatMap((file) => {
    if (/^[a-z][\w+.-]*:\/\//i.test(file)) return [];
    if (file.startsWith('$')) return inside(file.replace(/^[^/]*\//, '')) || [];
    if (!isOurs) return [];
    return inside(file.startsWith('/') ? file : posix.join(path, file)) || [];
  });
}

/** A path from the repository's root; undefined when it leaves it. */
function inside(path: string): string | undefined {
  const clean = posix.normalize(`./${path}`).replace(/^\/+|\/+$/g, '');
  if (clean === '..' || clean.startsWith('../')) return undefined;
  return clean === '.' ? '' : clean;
}
