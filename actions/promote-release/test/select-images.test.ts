import { parseImageReference } from '@gitops-actions/core/image';
import { readImages } from '@gitops-actions/core/manifest';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { selectImages } from '../src/select-images.ts';

const log = { info: () => {}, debug: () => {}, notice: () => {}, warning: () => {} };
const side = (where: string, images: readonly (readonly [name: string, tag: string])[]) => ({
  where,
  images: readImages([
    {
      path: `${where}.yaml`,
      content: Buffer.from(
        `images: [${images.map(([name, tag]) => `{name: "${name}", newTag: "${tag}"}`).join(', ')}]\n`,
      ),
    },
  ]),
});
const names = ['acme/a', 'ghcr.io/acme/b', 'c', 'docker.io/acme/d', 'e/f/g'];
const images = fc.uniqueArray(fc.tuple(fc.constantFrom(...names), fc.constantFrom('v1', 'v2', '1.10')), {
  selector: ([name]) => name,
});

test('all that both name, each at the release of the source, and new only where the target differs', () => {
  fc.assert(
    fc.property(images, images, (from, to) => {
      const common = from.filter(([name]) => to.some(([other]) => other === name));
      const select = () => selectImages([], side('from', from), side('to', to), log);
      if (common.length === 0) {
        expect(select).toThrow(
          'No image that from holds is named in to; correct the inputs "from-path" and "path".',
        );
        return;
      }
      const target = new Map(to);
      expect(select().map(({ reference, isNew }) => [reference.written, reference.tag, isNew])).toEqual(
        common.map(([name, tag]) => [name, tag, target.get(name) !== tag]),
      );
    }),
  );
});

test('a name is the same image however it is written', () => {
  const chosen = parseImageReference('docker.io/library/nginx');
  const selected = selectImages(
    chosen === undefined ? [] : [chosen],
    side('from', [['nginx', '2']]),
    side('to', [['index.docker.io/library/nginx', '1']]),
    log,
  );
  expect(selected).toMatchObject([{ reference: { name: 'docker.io/library/nginx', tag: '2' }, isNew: true }]);
});
