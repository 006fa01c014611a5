import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { root } from '../../scripts/project.ts';

interface Import {
  readonly from: string;
  readonly to: string;
  readonly isTypeOnly: boolean;
}

const SOURCES = globSync('{packages,actions}/*/src/**/*.ts', { cwd: root }).map((path) =>
  path.replaceAll('\\', '/'),
);
const IMPORTS = SOURCES.flatMap((path) => importsOf(path, readFileSync(join(root, path), 'utf8')));

/** What a folder of core may know of; everything not listed here it must not import. */
const CORE: Readonly<Record<string, readonly string[]>> = {
  action: [],
  github: ['action', 'release'],
  release: [],
  image: [],
  manifest: ['action', 'image'],
  controller: ['action', 'kubernetes'],
  delivery: ['action', 'exec', 'github', 'gitops', 'image', 'manifest', 'registry', 'release'],
  exec: [],
  gitops: ['action', 'exec', 'github', 'release'],
  kubernetes: ['action', 'exec'],
  probe: ['action'],
  preview: ['action', 'controller', 'github', 'gitops', 'image', 'kubernetes', 'manifest', 'release'],
  registry: ['action', 'exec', 'image'],
};

function importsOf(from: string, text: string): readonly Import[] {
  const statements = text.matchAll(
    /^(?:import|export)\s+(type\s)?[^;]*?from\s+'([^']+)'|\bimport\((?:\/\*.*?\*\/\s*)?'([^']+)'\)/gm,
  );
  return [...statements].map(([, type, named, loaded]) => ({
    from,
    to: named ?? loaded ?? '',
    isTypeOnly: type !== undefined,
  }));
}

function resolved({ from, to }: Import): string {
  if (to.startsWith('.')) return normalize(join(dirname(from), to)).replaceAll('\\', '/');
  const [, folder] = /^@gitops-actions\/core\/(\w+)$/.exec(to) ?? [];
  return folder === undefined ? to : `packages/core/src/${folder}/index.ts`;
}

const folderOfCore = (path: string) => /^packages\/core\/src\/(\w+)\//.exec(path)?.[1];

describe('imports point one way', () => {
  test('there is something to check', () => {
    expect(SOURCES.length).toBeGreaterThan(50);
    expect(IMPORTS.length).toBeGreaterThan(100);
  });

  test('no action imports another action, and of core only its public files', () => {
    const wrong = IMPORTS.filter(({ from, to }) => {
      if (!from.startsWith('actions/')) return false;
      const own = from.split('/').slice(0, 3).join('/');
      const target = resolved({ from, to, isTypeOnly: false });
      const isInternal =
        target.startsWith('actions/') || target.startsWith('packages/') || to.startsWith('@gitops-actions/');
      return (
        isInternal && !target.startsWith(`${own}/`) && !/^packages\/core\/src\/\w+\/index\.ts$/.test(target)
      );
    });
    expect(wrong).toEqual([]);
  });

  test('the testkit takes types of core and nothing else', () => {
    const wrong = IMPORTS.filter(
      (one) =>
        one.from.startsWith('packages/testkit/') &&
        /@gitops-actions|packages\/core|actions\//.test(resolved(one)),
    );
    expect(wrong.filter(({ isTypeOnly }) => !isTypeOnly)).toEqual([]);
  });

  test('a folder of core knows only what it may, through the public file', () => {
    const wrong = IMPORTS.filter((one) => {
      const from = folderOfCore(one.from);
      const target = resolved(one);
      const to = folderOfCore(target);
      if (from === undefined || to === undefined || from === to) return false;
      return !CORE[from]?.includes(to) || !target.endsWith('/index.ts');
    });
    expect(wrong).toEqual([]);
  });

  test('every folder of core has a rule', () => {
    const folders = new Set(SOURCES.flatMap((path) => folderOfCore(path) ?? []));
    expect([...folders].filter((folder) => CORE[folder] === undefined)).toEqual([]);
  });
});

test('no file imports itself, however long the way round', () => {
  const next = new Map(
    SOURCES.map((path) => [path, IMPORTS.filter(({ from }) => from === path).map(resolved)]),
  );
  const cycles: string[] = [];
  const finished = new Set<string>();
  const walk = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) cycles.push([...trail.slice(trail.indexOf(path)), path].join(' → '));
    if (finished.has(path) || trail.includes(path)) return;
    for (const to of next.get(path) ?? []) walk(to, [...trail, path]);
    finished.add(path);
  };
  for (const path of SOURCES) walk(path, []);
  expect(cycles).toEqual([]);
});

test('the environment is read in action/ and nowhere else', () => {
  const readers = SOURCES.filter(
    (path) =>
      !path.startsWith('packages/testkit/') && /process\.env\b/.test(readFileSync(join(root, path), 'utf8')),
  );
  expect(readers.filter((path) => !path.startsWith('packages/core/src/action/'))).toEqual([]);
});

test('names say what a file is about', () => {
  expect(
    SOURCES.filter((path) => /(?:^|[/-])(?:utils?|helpers?|common|misc|managers?)(?:[/.-]|$)/.test(path)),
  ).toEqual([]);
  expect(SOURCES.filter((path) => !/^[a-z0-9/.-]+$/.test(path))).toEqual([]);
});
