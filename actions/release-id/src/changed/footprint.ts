import { pathMatcher } from '@gitops-actions/core/gitops';
import type { Service } from '../services.ts';

/** Which files of the repository a service is made of, or why nothing tells. */
export type Footprint =
  | { readonly covers: (file: string) => boolean }
  | { readonly covers: undefined; readonly why: string };

/**
 * The files of a service: its `paths`, otherwise its `context` and `dockerfile`.
 *
 * A build can only be left out when everything it reads is known. Docker's context is the whole repository unless it is
 * said otherwise, and one that is no folder of the repository (an address, an absolute path) says nothing about it.
 */
export function footprintOf({ paths, rest: { context, dockerfile } }: Service): Footprint {
  if (paths !== undefined) return { covers: pathFilter(paths) };
  if (context === undefined || context === null) return unknown('it has neither paths nor a context');
  const folder = inRepository(context);
  if (folder === undefined) return unknown('its context is no folder of the repository');
  if (folder === '') return unknown('its context is the whole repository');
  if (dockerfile === undefined || dockerfile === null) return { covers: touches(folder) };
  const file = inRepository(dockerfile);
  if (file === undefined || file === '') return unknown('its dockerfile is no file of the repository');
  return {
    // https://docs.docker.com/build/concepts/context/#filename-and-location: an ignore file may lie beside it
    covers: (name) => [folder, file, `${file}.dockerignore`].some((path) => touches(path)(name)),
  };
}

/**
 * A filter as GitHub's own `paths:`: exceptions begin with `!`, and the last path that matches decides.
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#filter-pattern-cheat-sheet
 *
 * @param paths as `parseServicePaths` gives them
 */
function pathFilter(paths: readonly string[]): Filter {
  const rules = paths.map((path) =>
    path.startsWith('!')
      ? { isException: true, covers: either(isIn(path.slice(1)), matches(path.slice(1))) }
      : { isException: false, covers: either(touches(path), matches(path)) },
  );
  return (file) => rules.findLast(({ covers }) => covers(file))?.isException === false;
}

type Filter = (file: string) => boolean;

const either =
  (one: Filter, other: Filter): Filter =>
  (file) =>
    one(file) || other(file);

/** Signs that picomatch knows and GitHub does not stand for themselves: `app/(shop)/**` is a usual folder. */
function matches(pattern: string): Filter {
  return pathMatcher(
    pattern.replace(/\[[^\]]*\]|["()|+@!^$]/g, (sign) => (sign.startsWith('[') ? sign : `\\${sign}`)),
  );
}

/** The path itself and everything below it. */
function isIn(path: string): Filter {
  return (file) => path === '' || file === path || file.startsWith(`${path}/`);
}

/** A submodule above the path counts too: of what changed in it, GitHub names its folder alone. */
function touches(path: string): Filter {
  return (file) => isIn(path)(file) || isIn(file)(path);
}

function unknown(why: string): Footprint {
  return { covers: undefined, why };
}

/** A clean path from the repository's root, empty for the root; undefined when it may lead elsewhere. */
function inRepository(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  const path = value.trim();
  // Docker takes `github.com/…` for an address too.
  if (/^(?:\/|github\.com\/)|[\\:{}$]/.test(path)) return undefined;
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  return parts.includes('..') ? undefined : parts.join('/');
}
