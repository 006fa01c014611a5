import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { parseValueTarget } from '../../src/manifest/index.ts';
import { editFiles, editText } from './edited.ts';

describe('values by path', () => {
  test.each([
    ['text', 'a: {b: x} # c\n', 'a.b=w', 'a: {b: w} # c\n'],
    ['text that looks like a number', 'a: {b: x}\n', 'a.b=5', 'a: {b: "5"}\n'],
    ['empty text', "a: 'x'\n", 'a=', "a: ''\n"],
    ['number', 'replicas:   2\n', 'replicas=5', 'replicas:   5\n'],
    ['number with its digits', 'cpu: 1.5\n', 'cpu=2.50', 'cpu: 2.50\n'],
    ['boolean', 'on: {enabled: true}\n', 'on.enabled=false', 'on: {enabled: false}\n'],
    ['empty value', 'a:\nb: 1\n', 'a=x', 'a: x\nb: 1\n'],
    ['JSON text', 'a: 1\n', 'a:="1"', 'a: "1"\n'],
    ['JSON number', 'a: x\n', 'a:=1.0', 'a: 1.0\n'],
    ['JSON boolean over quotes', 'a: "x"\n', 'a:=true', 'a: true\n'],
    ['JSON null', 'a: x\n', 'a:=null', 'a: null\n'],
    ['JSON text of two lines', 'a: x\n', 'a:="x\\ny"', 'a: "x\\ny"\n'],
    [
      'quoted key',
      'metadata: {annotations: {acme.com/v: x}}\n',
      'metadata.annotations["acme.com/v"]=w',
      'metadata: {annotations: {acme.com/v: w}}\n',
    ],
    [
      'entry of a list',
      'env:\n- {name: A, value: x}\n- {name: B, value: x}\n',
      'env[name=B].value=w',
      'env:\n- {name: A, value: x}\n- {name: B, value: w}\n',
    ],
    [
      'entry with a quoted text',
      'env: [{name: "a]b", value: x}]\n',
      'env[name="a]b"].value=w',
      'env: [{name: "a]b", value: w}]\n',
    ],
    ['position', 'a: [[x, v], [z]]\n', 'a[0][1]=w', 'a: [[x, w], [z]]\n'],
    ['list at the root', '- a: x\n', '[0].a=w', '- a: w\n'],
    ['second of two documents', 'a: x\n---\nb: x\n', 'b=w', 'a: x\n---\nb: w\n'],
    ['equals sign and hash in the text', 'a: x\n', 'a=b=c#d:=e', 'a: b=c#d:=e\n'],
    ['text with control characters', "a: 'x'\n", 'a=\u0007\u0085', 'a: "\\u0007\\u0085"\n'],
    ['numeric key', 'ports: {8080: x}\n', 'ports.8080=w', 'ports: {8080: w}\n'],
  ])('%s', (_name, before, value, after) => {
    expect(editText(before, { values: [`a.yaml#${value}`] })).toBe(after);
    expect(editText(after, { values: [`a.yaml#${value}`] })).toBe(after);
  });

  test('JSON keeps JSON', () => {
    expect(
      editText('{"a": {"b": "x", "n": 1}}', { values: ['v.json#a.b=5', 'v.json#a.n=2'] }, 'v.json'),
    ).toBe('{"a": {"b": "5", "n": 2}}');
  });

  test.each([
    [
      'no file',
      'b.yaml#a=x',
      'Input "values" names b.yaml, which is not in the repository or not a regular file; nothing was written.',
    ],
    ['no such path', 'a.yaml#x.y=1', 'a.yaml has no x.y; correct the path. Nothing was written.'],
    [
      'no last key',
      'a.yaml#m.y=1',
      'a.yaml has no m.y; add it there once by hand, or set the input "add-missing". Nothing was written.',
    ],
    [
      'two places',
      'a.yaml#l[name=x].v=1',
      'a.yaml has l[name=x].v in 2 places (lines 2, 3); give a path that leads to one. Nothing was written.',
    ],
    [
      'number from text',
      'a.yaml#n=many',
      'a.yaml:4: n is a number, and "many" is none; set its type with n:=… in JSON. Nothing was written.',
    ],
    [
      'boolean from text',
      'a.yaml#b=yes',
      'a.yaml:5: b is true or false, and "yes" is neither; set its type with b:=… in JSON. Nothing was written.',
    ],
    [
      'text that may be a boolean',
      'a.yaml#y=no',
      'a.yaml:6: y is "yes", which is text to some readers of YAML and something else to others; set its type with y:=… in JSON. Nothing was written.',
    ],
    ['map', 'a.yaml#m=x', 'a.yaml:1: m is not a single value; nothing was written.'],
    [
      'block',
      'a.yaml#t=x',
      'a.yaml:7: t is a block of text (| or >); write it on one line; nothing was written.',
    ],
    [
      'alias',
      'a.yaml#alias=x',
      'a.yaml:10: alias is the alias *s, and changing it would change its anchor; write the value out; nothing was written.',
    ],
    [
      'through an alias',
      'a.yaml#am.k=x',
      'a.yaml:11: am.k stands inside the anchor &m, and its aliases would change with it; nothing was written.',
    ],
    [
      'merged',
      'a.yaml#merged.k=x',
      'a.yaml:11: merged.k comes through a merge key (<<); write it in the map itself; nothing was written.',
    ],
  ])('refused: %s', (_name, value, message) => {
    const text =
      'm: {a: 1}\nl: [{name: x, v: 1},\n  {name: x, v: 2}]\nn: 1\nb: true\ny: yes\nt: |\n  x\ns: &s x\nalias: *s\nmm: &m {k: x}\nam: *m\nmerged: {<<: *m}\n';
    expect(() => editText(text, { values: [value] })).toThrow(message);
  });

  test.each([
    'a=b',
    '#a=b',
    'a.yaml#',
    'a.yaml#a',
    'a.yaml#=x',
    'a.yaml#.a=x',
    'a.yaml#a..b=x',
    'a.yaml#a.=x',
    'a.yaml#a[-1]=x',
    'a.yaml#a[]=x',
    'a.yaml#a["b]=x',
    'a.yaml#a b=x',
    'a.yaml#a:={"b":1}',
    'a.yaml#a:=[1]',
    'a.yaml#a:=1e5',
    'a.yaml#a:=x',
  ])('illegal: %s', (line) => {
    expect(() => parseValueTarget(line)).toThrow(/^Input "values" is ".*; it must be file#path:?=.*\.$/);
  });

  test('the file of a value is edited with the images of others', () => {
    const { files, changes } = editFiles(
      { 'a.yaml': 'image: acme/web:v1\n', 'b.yaml': 'v: x\n' },
      { images: ['acme/web:v2'], values: ['b.yaml#v=w'] },
    );
    expect(files.map(({ content }) => content)).toEqual(['image: acme/web:v2\n', 'v: w\n']);
    expect(changes).toEqual([
      { file: 'a.yaml', line: 1, path: 'image', from: 'acme/web:v1', to: 'acme/web:v2', result: 'updated' },
      { file: 'b.yaml', line: 1, path: 'v', from: 'x', to: 'w', result: 'updated' },
    ]);
  });
});

describe('add-missing', () => {
  const NEW = ['acme/web:v2'];
  test.each([
    [
      'entry in the style of the others',
      'images:\n  - name: x\n    newTag: y # c\n# end\n',
      'images:\n  - name: x\n    newTag: y # c\n  - name: acme/web\n    newTag: v2\n# end\n',
    ],
    [
      'entry with a wide dash',
      'images:\n-   name: x\n    newTag: y',
      'images:\n-   name: x\n    newTag: y\n-   name: acme/web\n    newTag: v2',
    ],
    [
      'flow entry',
      'images:\n- {name: x, newTag: y}\nz: 1\n',
      'images:\n- {name: x, newTag: y}\n- {name: acme/web, newTag: v2}\nz: 1\n',
    ],
    [
      'flow list',
      'images: [{name: x, newTag: y}] # c\n',
      'images: [{name: x, newTag: y}, {name: acme/web, newTag: v2}] # c\n',
    ],
    ['empty list', 'images: []\n', 'images: [{name: acme/web, newTag: v2}]\n'],
    [
      'no list yet',
      'resources:\n- a.yaml\n',
      'resources:\n- a.yaml\nimages:\n- name: acme/web\n  newTag: v2\n',
    ],
    [
      'no list yet, indented lists, CRLF',
      'resources:\r\n  - a.yaml\r\n',
      'resources:\r\n  - a.yaml\r\nimages:\r\n  - name: acme/web\r\n    newTag: v2\r\n',
    ],
    [
      'entry without a tag',
      'images:\n- name: acme/web\n  newName: acme/web\nz: 1\n',
      'images:\n- name: acme/web\n  newName: acme/web\n  newTag: v2\nz: 1\n',
    ],
    [
      'JSON',
      '{"images": [{"name": "x", "newTag": "y"}]}',
      '{"images": [{"name": "x", "newTag": "y"}, {"name": "acme/web", "newTag": "v2"}]}',
    ],
    [
      'behind a block of text',
      'patches:\n- patch: |\n    a\n\n',
      'patches:\n- patch: |\n    a\nimages:\n- name: acme/web\n  newTag: v2\n\n',
    ],
  ])('%s', (_name, before, after) => {
    const edit = { images: NEW, addMissing: true };
    expect(editText(before, edit, 'app/kustomization.yaml')).toBe(after);
    expect(editText(after, edit, 'app/kustomization.yaml')).toBe(after);
  });

  test('two images and a short name, with a digest', () => {
    const digest = `sha256:${'a'.repeat(64)}`;
    const after = editText(
      'kind: Kustomization\n',
      { images: [`web=acme/web:v2@${digest}`, 'acme/b:1.10'], addMissing: true },
      'kustomization.yml',
    );
    expect(parse(after)).toEqual({
      kind: 'Kustomization',
      images: [
        { name: 'web', newName: 'acme/web', newTag: 'v2', digest },
        { name: 'acme/b', newTag: '1.10' },
      ],
    });
  });

  test.each([
    ['block map', 'a:\n  b: x # c\nd: 1\n', 'a.k=w', 'a:\n  b: x # c\n  k: w\nd: 1\n'],
    ['flow map', 'a: {b: x}\n', 'a.k:=2', 'a: {b: x, k: 2}\n'],
    ['empty map', 'a: {}\n', 'a["x.y/z"]=1', 'a: {x.y/z: "1"}\n'],
    ['root, no final newline', 'a: 1', 'k=w', 'a: 1\nk: w'],
    [
      'JSON on lines',
      '{\n  "a": {\n    "b": "x"\n  }\n}\n',
      'a.k=w',
      '{\n  "a": {\n    "b": "x",\n    "k": "w"\n  }\n}\n',
    ],
    ['over a merged key', 'd: &d {k: x}\na:\n  <<: *d\n', 'a.k=w', 'd: &d {k: x}\na:\n  <<: *d\n  k: w\n'],
    ['behind an empty value', 'a:\n  b:\nc: 1\n', 'a.k=w', 'a:\n  b:\n  k: w\nc: 1\n'],
    [
      'entry of a list',
      'env:\n  - name: A\n  - name: B\n',
      'env[name=A].value=w',
      'env:\n  - name: A\n    value: w\n  - name: B\n',
    ],
  ])('last key: %s', (_name, before, value, after) => {
    const edit = { values: [`a.yaml#${value}`], addMissing: true };
    expect(editText(before, edit)).toBe(after);
    expect(editText(after, edit)).toBe(after);
  });

  test('digest beside a tag', () => {
    const digest = `sha256:${'a'.repeat(64)}`;
    expect(
      editText('image:\n  repository: acme/web\n  tag: v1\n', {
        images: [`acme/web:v2@${digest}`],
        addMissing: true,
      }),
    ).toBe(`image:\n  repository: acme/web\n  tag: v2\n  digest: ${digest}\n`);
  });

  test.each([
    [
      'no Kustomization',
      { 'a.yaml': 'a: 1\n' },
      'No place in a.yaml holds the image acme/web, and none is a Kustomization that could take it;',
    ],
    [
      "Flux's kind of that name",
      { 'k.yaml': 'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\n' },
      'No place in k.yaml holds',
    ],
    [
      'several',
      { 'a/kustomization.yaml': 'a: 1\n', 'b/kustomization.yaml': 'a: 1\n' },
      'The image acme/web can be added to 2 Kustomizations (a/kustomization.yaml, b/kustomization.yaml); name one in the input "path". Nothing was written.',
    ],
    [
      'no list',
      { 'kustomization.yaml': 'images: x\n' },
      'kustomization.yaml:1: images is not a list; add the entry there once by hand. Nothing was written.',
    ],
    [
      'under keys with question marks',
      { 'kustomization.yaml': '? a\n: b\n' },
      'kustomization.yaml:1: nothing can be added here without changing more; add it once by hand. Nothing was written.',
    ],
  ])('refused: %s', (_name, files, message) => {
    expect(() => editFiles(files, { images: NEW, addMissing: true })).toThrow(message);
  });

  test('refused: inside an anchor', () => {
    expect(() => editText('a: &a {b: 1}\nc: *a\n', { values: ['a.yaml#a.n=x'], addMissing: true })).toThrow(
      'a.yaml:1: a.n would stand inside the anchor &a, and its aliases would change with it; nothing was written.',
    );
  });
});
