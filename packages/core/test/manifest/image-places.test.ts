import { describe, expect, test } from '@jest/globals';
import { editText } from './edited.ts';

const DIGEST = `sha256:${'a'.repeat(64)}`;
const OLD = `sha256:${'b'.repeat(64)}`;

describe('every kind that carries an image', () => {
  test.each([
    ['Deployment', 'spec: {template: {spec: {containers: [{name: web, image: acme/web:v1}]}}}\n'],
    [
      'StatefulSet with initContainers',
      'spec:\n  template:\n    spec:\n      initContainers:\n      - image: acme/web:v1\n',
    ],
    [
      'CronJob',
      'spec:\n  jobTemplate:\n    spec:\n      template:\n        spec:\n          containers:\n            - image: "acme/web:v1"\n',
    ],
    [
      'Rollout',
      'kind: Rollout\nspec:\n  template:\n    spec:\n      containers:\n        - image: acme/web:v1\n',
    ],
    [
      'WorkflowTemplate',
      'spec:\n  templates:\n    - name: x\n      container:\n        image: acme/web:v1\n',
    ],
    [
      'Knative Service',
      'apiVersion: serving.knative.dev/v1\nspec:\n  template:\n    spec:\n      containers:\n        - image: acme/web:v1\n',
    ],
    [
      'HelmRelease',
      'kind: HelmRelease\nspec:\n  values:\n    web:\n      image:\n        repository: acme/web\n        tag: v1\n',
    ],
    [
      'Application valuesObject',
      'spec: {source: {helm: {valuesObject: {image: {repository: acme/web, tag: v1}}}}}\n',
    ],
    [
      'Application parameters',
      'helm:\n  parameters:\n    - name: image.repository\n      value: acme/web\n    - name: image.tag\n      value: v1\n',
    ],
    [
      'Application parameters, nested',
      'parameters: [{name: orders.image.tag, value: x1}, {name: web.image.tag, value: v1}, {name: web.image.repository, value: acme/web}]\n',
    ],
    ['Application parameter with a whole reference', 'parameters:\n- {name: image, value: "acme/web:v1"}\n'],
    ['Application kustomize images', 'kustomize:\n  images:\n    - acme/web:v1\n'],
    ['Application kustomize images by name', 'kustomize:\n  images:\n    - web=acme/web:v1\n'],
    [
      'Application kustomize images with another image as its name',
      'kustomize:\n  images: [ghcr.io/acme/old=acme/web:v1]\n',
    ],
    [
      'ApplicationSet',
      'kind: ApplicationSet\nspec:\n  template:\n    spec:\n      source:\n        kustomize:\n          images: ["acme/web:v1"]\n',
    ],
    ['repository and name', 'image: {repository: acme, name: web, tag: v1}\n'],
    ['registry, repository and name', 'image: {registry: docker.io, repository: acme, name: web, tag: v1}\n'],
    [
      'registry that the repository repeats',
      'image: {registry: docker.io, repository: docker.io/acme/web, tag: v1}\n',
    ],
    ['imageRepository and imageTag', 'imageRepository: acme/web\nimageTag: v1\n'],
    ['image and imageTag', 'image: acme/web\nimageTag: v1\n'],
    ['image and tag', 'image: acme/web\ntag: v1\n'],
    ['an argument that is a whole reference', 'args: ["acme/web:v1"]\n'],
    ['tag and newTag that agree', 'images: [{name: acme/web, newTag: v1, tag: v1}]\n'],
    ['repository by a merge key', 'x: &d {repository: acme/web}\na: {<<: *d, tag: v1}\n'],
    ['repository by an alias', 'x: &d acme/web\na: {repository: *d, tag: v1}\n'],
    ['anchor that nothing uses', 'image: &i acme/web:v1\n'],
    ['flow over lines with tabs in JSON', '{\n\t"image": "acme/web:v1"\n}\n'],
  ])('%s', (_name, text) => {
    const after = text.replaceAll(/(?<!\/)\bv1\b/g, 'v2');
    expect(editText(text, { images: ['acme/web:v2'] })).toBe(after);
    expect(editText(after, { images: ['acme/web:v2'] })).toBe(after);
  });

  test.each([
    [
      "kustomize's form in Argo CD",
      'images: [web=old/web:v1]\n',
      'web=acme/web:v2',
      'images: [web=acme/web:v2]\n',
    ],
    [
      'tag with a digest in it',
      `image: {repository: acme/web, tag: "v1@${OLD}"}\n`,
      `acme/web:v2@${DIGEST}`,
      `image: {repository: acme/web, tag: "v2@${DIGEST}"}\n`,
    ],
    [
      'sha without its algorithm',
      `image: {repository: acme/web, tag: v1, sha: ${'b'.repeat(64)}}\n`,
      `acme/web:v2@${DIGEST}`,
      `image: {repository: acme/web, tag: v2, sha: ${'a'.repeat(64)}}\n`,
    ],
    [
      'a git commit called sha',
      'image: {repository: acme/web, tag: v1, sha: abc1234}\n',
      'acme/web:v2',
      'image: {repository: acme/web, tag: v2, sha: abc1234}\n',
    ],
    [
      'empty value before a comment',
      'image:\n  repository: acme/web\n  tag:   # filled in later\n',
      'acme/web:v2',
      'image:\n  repository: acme/web\n  tag:   v2 # filled in later\n',
    ],
    [
      'number in JSON',
      '{"repository": "acme/web", "tag": 1}',
      'acme/web:v2',
      '{"repository": "acme/web", "tag": "v2"}',
    ],
    [
      'text that YAML 1.1 takes for a number',
      'image: {repository: acme/web, tag: 1_000}\n',
      'acme/web:1_000',
      'image: {repository: acme/web, tag: "1_000"}\n',
    ],
    [
      'newName decides',
      'images: [{name: acme/web, newName: mirror/web, newTag: v1}, {name: x, newName: acme/web, newTag: v1}]\n',
      'acme/web:v2',
      'images: [{name: acme/web, newName: mirror/web, newTag: v1}, {name: x, newName: acme/web, newTag: v2}]\n',
    ],
    [
      'a flag is left alone',
      'args: [--image=acme/web:v1]\nimage: acme/web:v1\n',
      'acme/web:v2',
      'args: [--image=acme/web:v1]\nimage: acme/web:v2\n',
    ],
    [
      'merge key that is only a text',
      'a: {"<<": x, repository: acme/web, tag: v1}\n',
      'acme/web:v2',
      'a: {"<<": x, repository: acme/web, tag: v2}\n',
    ],
    [
      'two places with different tags',
      'a: {image: acme/web:v0}\nb: {image: acme/web:v1}\n',
      'acme/web:v2',
      'a: {image: acme/web:v2}\nb: {image: acme/web:v2}\n',
    ],
    [
      'file after directives',
      '%YAML 1.2\n---\nimage: acme/web:v1\n...\n---\nb: acme/web:v1\n',
      'acme/web:v2',
      '%YAML 1.2\n---\nimage: acme/web:v2\n...\n---\nb: acme/web:v2\n',
    ],
  ])('%s', (_name, before, image, after) => {
    expect(editText(before, { images: [image] })).toBe(after);
    expect(editText(after, { images: [image] })).toBe(after);
  });
});

describe('refusals with file and line, nothing written', () => {
  test.each([
    [
      'helm.values',
      'a: 1\nhelm:\n  values: |\n    image:\n      repository: acme/web\n      tag: v1\n',
      'a.yaml:3: helm.values is a block of text (| or >) that holds the image acme/web; write the values under "valuesObject" instead of "values". Nothing was written.',
    ],
    [
      'values in a ConfigMap',
      'data:\n  values.yaml: |\n    image: acme/web:v1\n',
      'a.yaml:2: data["values.yaml"] is a block of text (| or >) that holds the image acme/web; write them as YAML of their own, or the image on one line. Nothing was written.',
    ],
    [
      'two images in one map',
      'image:\n  repository: acme/web\n  name: other/web\n  tag: v1\n',
      'a.yaml:4: image.tag stands beside the names of two images (acme/web and other/web); keep one of them. Nothing was written.',
    ],
    [
      'two tags that differ',
      'images:\n- name: acme/web\n  newTag: v1\n  tag: v0\n',
      'a.yaml:3: images[0].newTag disagrees with a second tag beside it (v1 and v0); keep one of them. Nothing was written.',
    ],
    [
      'inline tag and tag that differ',
      'image: acme/web:v0\ntag: v1\n',
      'a.yaml:2: tag disagrees with the tag of the image beside it (v1 and v0); keep one of them. Nothing was written.',
    ],
    [
      'tag by a merge key',
      'x: &d {tag: v1}\na: {<<: *d, repository: acme/web}\n',
      'a.yaml:1: a.tag comes through a merge key (<<); write it in the map itself; nothing was written.',
    ],
    [
      'inside an anchor that is used',
      'x: &d\n  repository: acme/web\n  tag: v1\na: *d\n',
      'a.yaml:3: x.tag stands inside the anchor &d, and its aliases would change with it; nothing was written.',
    ],
    [
      'tag with another type',
      'image: {repository: acme/web, tag: !!int 1}\n',
      'a.yaml:1: image.tag carries the tag tag:yaml.org,2002:int, which fixes its type; remove the tag. Nothing was written.',
    ],
    [
      'tag that pins a digest',
      `image: {repository: acme/web, tag: "v1@${OLD}"}\n`,
      'a.yaml:1: image.tag pins a digest, which would win over the new tag; pass acme/web:v2@sha256:… with its digest. Nothing was written.',
    ],
    [
      'sha that pins',
      `image: {repository: acme/web, tag: v1, sha: ${'b'.repeat(64)}}\n`,
      'a.yaml:1: image.sha pins a digest',
    ],
    [
      'second document',
      'a: 1\n---\n# x\nb: 2\n---\nimage: {repository: acme/web, tag: [v1]}\n',
      'a.yaml:6: image.tag is not a single value; nothing was written.',
    ],
    ['bad YAML in the second document', 'a: 1\n---\nimage: acme/web:v1\nb: [\n', 'a.yaml:5: not valid YAML'],
    ['binary', 'image: acme/web:v1\0\n', 'a.yaml is not UTF-8 text; only YAML and JSON in UTF-8 are edited.'],
    [
      'empty file',
      '',
      'No place in a.yaml holds the image acme/web; add it there once by hand, or correct the inputs "path" and "images". Nothing was written.',
    ],
    [
      'several documents, duplicate key',
      'a: 1\n---\nimage: acme/web:v1\nb: 1\nb: 2\n',
      'a.yaml:5: not valid YAML (Map keys must be unique); nothing was written.',
    ],
  ])('%s', (_name, text, message) => {
    expect(() => editText(text, { images: ['acme/web:v2'] })).toThrow(message);
  });

  test('one of two images stands nowhere', () => {
    expect(() => editText('image: acme/web:v1\n', { images: ['acme/web:v2', 'acme/orders:v2'] })).toThrow(
      'No place in a.yaml holds the image acme/orders;',
    );
  });

  test('a document that does not mention the image need not be YAML', () => {
    const text = 'a: [\n---\nimage: acme/web:v1\n---\n{{- if x }}\n';
    expect(editText(text, { images: ['acme/web:v2'] })).toBe(text.replace('v1', 'v2'));
  });

  test('one value that two targets want to set', () => {
    expect(() =>
      editText('image: acme/web:v1\n', { images: ['acme/web:v2'], values: ['a.yaml#image=acme/web:v3'] }),
    ).toThrow(
      'a.yaml:1: image is set twice, to acme/web:v2 and to acme/web:v3; set it once. Nothing was written.',
    );
  });
});
