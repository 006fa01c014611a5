import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { renderFile, unknownMarks } from '../../src/preview/index.ts';
import { recordOf } from './fixtures.ts';

const render = (text: string, changes = {}, path = 'deployment.yaml') =>
  renderFile({ path, content: Buffer.from(text) }, recordOf(changes)).content.toString();

test.each([
  ['name', 'pr-42-web'],
  ['host', 'pr-42-web.preview.example.com'],
  ['namespace', 'previews'],
  ['image', 'ghcr.io/acme/web:v1.0.7-abc1234'],
  ['tag', 'v1.0.7-abc1234'],
  ['pr', '42'],
  ['sha', 'a'.repeat(40)],
  ['service', 'web'],
])('{{preview.%s}}', (key, value) => {
  expect(render(`a {{preview.${key}}} b {{ preview.${key} }}\n`)).toBe(`a ${value} b ${value}\n`);
});

describe('everything else stays byte for byte', () => {
  test.each([
    '{{ .Values.image }} {{- if .Values.preview.name }} {{ include "x" . }}',
    '{{name}} {{pr}} {{preview}} {{preview.}} {{preview.unknown}} {{preview.name.x}} {{ $preview.name }}',
    'a: 1\r\nb:   "x"  # comment\r\n\r\n',
    '\uFEFFa: {{.x}}',
    '$' + '{{ preview.x }} {preview.name} {{{preview}}}',
  ])('%j', (text) => {
    expect(render(text)).toBe(text);
  });

  test('a binary file', () => {
    const content = Buffer.concat([Buffer.from('{{preview.name}}'), Buffer.from([0xff, 0, 0xfe])]);
    expect(renderFile({ path: 'logo.png', content }, recordOf()).content).toEqual(content);
  });

  test('property: text without our marks', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        fc.pre(!text.includes('{{preview.') && Buffer.from(text).toString() === text);
        expect(render(text)).toBe(text);
      }),
    );
  });
});

describe('a value that YAML would not read as text is quoted', () => {
  const changes = { image: 'ghcr.io/acme/web:12e4567', name: 'on', service: '0123' };
  test.each([
    ['newTag: {{preview.tag}}', 'newTag: "12e4567"'],
    ['  - {{ preview.tag }} # why', '  - "12e4567" # why'],
    ['  - name: {{preview.name}}\r', '  - name: "on"\r'],
    ['app.kubernetes.io/name: {{preview.service}}', 'app.kubernetes.io/name: "0123"'],
    ['newTag: "{{preview.tag}}"', 'newTag: "12e4567"'],
    ["newTag: '{{preview.tag}}'", "newTag: '12e4567'"],
    ['image: x:{{preview.tag}}', 'image: x:12e4567'],
    ['number: {{preview.pr}}', 'number: 42'],
    ['host: {{preview.host}}', 'host: pr-42-web.preview.example.com'],
    ['# tag: {{preview.tag}}', '# tag: 12e4567'],
  ])('%s', (text, expected) => {
    expect(render(text, changes)).toBe(expected);
  });

  test('in YAML only', () => {
    expect(render('tag: {{preview.tag}}', changes, 'notes.txt')).toBe('tag: 12e4567');
  });
});

test('an image with a digest only has no tag', () => {
  expect(render('[{{preview.tag}}]', { image: `ghcr.io/acme/web@sha256:${'0'.repeat(64)}` })).toBe('[]');
});

test('marks that stand for nothing', () => {
  expect(unknownMarks(Buffer.from('{{preview.nmae}} {{preview.name}} {{ .preview.x }}'))).toEqual([
    '{{preview.nmae}}',
  ]);
});
