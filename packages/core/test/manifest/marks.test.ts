import { describe, expect, test } from '@jest/globals';
import { findPlaces } from '../../src/manifest/index.ts';
import { type Edit, editFiles, editText, wanted } from './edited.ts';

const WEB: Edit = { images: ['acme/web:v2'] };

function placesOf(text: string, edit: Edit = WEB) {
  return findPlaces([{ path: 'a.yaml', content: Buffer.from(text) }], wanted(edit)).places;
}

describe('hold', () => {
  test.each([
    ['on the line', 'image: acme/web:v1 # gitops-actions: hold incident #12\n', 'incident #12'],
    ['without a reason', 'image: acme/web:v1 # gitops-actions: hold\n', ''],
    ['behind another comment', 'image: acme/web:v1 # ours # gitops-actions: hold db\n', 'db'],
    ['before another comment', 'image: acme/web:v1 # gitops-actions: hold db # ours\n', 'db'],
    ['at the head', '# shop\n# gitops-actions: hold freeze\n\nimage: acme/web:v1\n', 'freeze'],
    [
      'at the head, BOM, CRLF, before ---',
      '\uFEFF# gitops-actions: hold freeze\r\n---\r\na: 1\r\n---\r\nimage: acme/web:v1\r\n',
      'freeze',
    ],
    ['on the line of the name', 'images:\n- name: acme/web # gitops-actions: hold x\n  newTag: v1\n', 'x'],
    ['CRLF', 'image: acme/web:v1 # gitops-actions: hold db\r\n', 'db'],
    ['with an odd line separator', 'image: acme/web:v1 # gitops-actions: hold a\u2028b\n', 'a\u2028b'],
    ['on a block of text', 'values: | # gitops-actions: hold x\n  image: acme/web:v1\n', 'x'],
    ['where nothing could be written', 'image: |- # gitops-actions: hold x\n  acme/web:v1\n', 'x'],
  ])('%s', (_name, text, reason) => {
    expect(placesOf(text)[0]?.hold).toBe(reason);
    const { files, changes } = editFiles({ 'a.yaml': text }, WEB);
    expect(files).toEqual([]);
    expect(changes[0]).toMatchObject({ result: 'held' });
  });

  test('one place is held, the other is set', () => {
    const text = 'a: {image: acme/web:v1} # gitops-actions: hold x\nb: {image: acme/web:v1}\n';
    const { files, changes } = editFiles({ 'a.yaml': text }, WEB);
    expect(files[0]?.content).toBe(text.replace('b: {image: acme/web:v1}', 'b: {image: acme/web:v2}'));
    expect(changes.map(({ result }) => result)).toEqual(['held', 'updated']);
  });

  test.each([
    ['in a text', 'image: acme/web:v1\nnote: "# gitops-actions: hold x"\n'],
    ['in a block', 'image: acme/web:v1\nnote: |\n  # gitops-actions: hold x\n'],
    ['on another line', 'image: acme/web:v1\nb: 1 # gitops-actions: hold x\n'],
    ['below the first value', 'a: 1\n# gitops-actions: hold x\nimage: acme/web:v1\n'],
  ])('no mark: %s', (_name, text) => {
    expect(editText(text, WEB)).toBe(text.replace('web:v1', 'web:v2'));
  });

  test.each([
    [
      'image: acme/web:v1 # gitops-actions: hodl x\n',
      'a.yaml:1: the mark "gitops-actions: hodl x" is unknown; it must be hold <reason> or blocked <id> <reason>. Nothing was written.',
    ],
    [
      'image: acme/web:v1 # gitops-actions: blocked\n',
      'a.yaml:1: the mark "gitops-actions: blocked" is unknown',
    ],
    [
      '# gitops-actions: blocked v1 x\nimage: acme/web:v1\n',
      'a.yaml:1: the mark "gitops-actions: blocked" is unknown; it must be hold <reason>. Nothing was written.',
    ],
  ])('refused: %j', (text, message) => {
    expect(() => editText(text, WEB)).toThrow(message);
  });
});

describe('blocked', () => {
  test.each([
    [
      'alone',
      'image: acme/web:v1  # gitops-actions: blocked v3 smoke tests failed\n',
      'image: acme/web:v2\n',
    ],
    [
      'after other text',
      'image: acme/web:v1 # ours  # gitops-actions: blocked v3 x\r\n',
      'image: acme/web:v2 # ours\r\n',
    ],
    [
      'before other text',
      'image: acme/web:v1 # gitops-actions: blocked v3 x # ours\n',
      'image: acme/web:v2 # ours\n',
    ],
    [
      'before a marker of Flux',
      'image: acme/web:v1 # gitops-actions: blocked v3 x # {"$imagepolicy": "flux:web"}\n',
      'image: acme/web:v2 # {"$imagepolicy": "flux:web"}\n',
    ],
    ['at the end of the file', 'image: acme/web:v1 # gitops-actions: blocked v3', 'image: acme/web:v2'],
  ])('a newer release removes the mark: %s', (_name, before, after) => {
    expect(placesOf(before)[0]?.blocked).toMatchObject({ id: 'v3' });
    expect(editText(before, WEB)).toBe(after);
  });

  test('the caller decides with the id, the reason and both releases', () => {
    const text = 'image: acme/web:v1 # gitops-actions: blocked v3 too slow\n';
    const seen: unknown[] = [];
    const { files, changes } = editFiles(
      { 'a.yaml': text },
      {
        ...WEB,
        decide: ({ current, release, blocked }) => {
          seen.push({ current, release, id: blocked?.id, reason: blocked?.reason });
          return 'superseded';
        },
      },
    );
    expect(seen).toEqual([{ current: 'v1', release: 'v2', id: 'v3', reason: 'too slow' }]);
    expect(files).toEqual([]);
    expect(changes).toMatchObject([{ result: 'superseded', from: 'acme/web:v1', to: 'acme/web:v2' }]);
  });

  test('an entry without a tag takes none that is blocked there', () => {
    const text = 'kind: Kustomization\nimages:\n- name: acme/web # gitops-actions: blocked v3 bad\n';
    const edit = { images: ['acme/web:v3'], addMissing: true };
    const places = findPlaces(
      [{ path: 'kustomization.yaml', content: Buffer.from(text) }],
      wanted(edit),
    ).places;
    expect(places).toMatchObject([{ release: 'v3', blocked: { id: 'v3', reason: 'bad' } }]);
    expect(editText(text, { ...edit, images: ['acme/web:v4'] }, 'kustomization.yaml')).toBe(
      'kind: Kustomization\nimages:\n- name: acme/web\n  newTag: v4\n',
    );
  });

  test('a value brings its text as the release, so that a blocked one stays out', () => {
    const text = 'tag: v1 # gitops-actions: blocked v3 bad\n';
    expect(placesOf(text, { values: ['a.yaml#tag=v3'] })).toMatchObject([
      { release: 'v3', current: undefined, blocked: { id: 'v3' } },
    ]);
    expect(editText(text, { values: ['a.yaml#tag=v4'] })).toBe('tag: v4\n');
    expect(placesOf('tag: v1\n', { values: ['a.yaml#tag=v3'] })).toMatchObject([{ release: undefined }]);
  });

  test('an unchanged place keeps it', () => {
    const text = 'image: acme/web:v2 # gitops-actions: blocked v3\n';
    expect(editText(text, WEB)).toBe(text);
  });
});

test.each([
  ['reference', 'image: acme/web:v1 # {"$imagepolicy": "flux-system:web"}\n', 1],
  [
    'tag',
    'image:\n  repository: acme/web # {"$imagepolicy": "flux-system:web:name"}\n  tag: v1 # {"$imagepolicy": "flux-system:web:tag"}\n',
    3,
  ],
])("Flux's marker on a %s: set, with a warning", (_name, text, line) => {
  expect(editText(text, WEB)).toBe(text.replace('v1', 'v2'));
  expect(placesOf(text)[0]?.warning).toBe(
    `a.yaml:${line} is also written by Flux's image policy flux-system:web, which may set it again; remove its marker, or leave this image to Flux.`,
  );
});

test('the release that stands at a place', () => {
  const digest = `sha256:${'a'.repeat(64)}`;
  const text = [
    'a: {image: acme/web:v1}',
    'b: {repository: acme/web, tag: 1.10}',
    `c: {image: "acme/web:v3@${digest}"}`,
    `d: {image: "acme/web@${digest}"}`,
    'e: {image: acme/web}',
    'f: {repository: acme/web, tag: }',
    '',
  ].join('\n');
  expect(placesOf(text).map(({ current }) => current)).toEqual([
    'v1',
    '1.10',
    'v3',
    digest,
    undefined,
    undefined,
  ]);
});
