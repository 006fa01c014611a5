import { describe, expect, test } from '@jest/globals';
import { imageName, imagePrefix } from '../src/image-name.ts';

describe('the name of an image', () => {
  test.each([
    ['ghcr.io/acme/orders', 'ghcr.io/acme/orders'],
    ['ghcr.io/AcmeCorp/Orders', 'ghcr.io/acmecorp/orders'],
    ['acme/orders', 'acme/orders'],
    ['orders', 'orders'],
    ['localhost:5000/orders', 'localhost:5000/orders'],
    ['localhost/orders', 'localhost/orders'],
    ['123.dkr.ecr.eu-west-1.amazonaws.com/a/b__c/d--e', '123.dkr.ecr.eu-west-1.amazonaws.com/a/b__c/d--e'],
  ])('%s is taken as %s', (text, name) => {
    expect(imageName('The image', text)).toBe(name);
  });

  const notAName = 'is not the name of an image, such as ghcr.io/acme/orders.';
  test.each([
    ['ghcr.io/acme/orders:v1', 'carries a tag; leave it out, because the release id becomes the tag.'],
    ['orders:v1', 'carries a tag; leave it out, because the release id becomes the tag.'],
    [
      `a.io/b@sha256:${'0'.repeat(64)}`,
      'carries a digest; leave it out, because the release id becomes the tag.',
    ],
    ['ghcr.io', 'names a registry only; add a name to it.'],
    ['https://ghcr.io/acme', 'is an address; leave out what stands before the registry.'],
    ['ghcr.io/acme/', notAName],
    ['/acme', notAName],
    ['ghcr.io//acme', notAName],
    ['acme orders', notAName],
    ['acme/or$ders', notAName],
    ['acme/-orders', notAName],
    ['acme/a___b', notAName],
    [`acme/${'a'.repeat(251)}`, notAName],
  ])('%j is refused', (text, problem) => {
    expect(() => imageName('The image', text)).toThrow(
      new Error(`The image is ${JSON.stringify(text)}, which ${problem}`),
    );
  });
});

describe('the prefix of images', () => {
  test.each([
    ['ghcr.io', 'ghcr.io'],
    ['localhost:5000', 'localhost:5000'],
    ['GHCR.io/Acme', 'ghcr.io/acme'],
    ['acme', 'acme'],
  ])('%s is taken as %s', (text, prefix) => {
    expect(imagePrefix('The prefix', text)).toBe(prefix);
  });

  test.each(['ghcr.io/acme:v1', 'acme:v1', 'ghcr.io/acme/', 'acme/', 'a b', 'a:b:c'])(
    '%j is refused',
    (text) => {
      expect(() => imagePrefix('The prefix', text)).toThrow(`The prefix is ${JSON.stringify(text)}, which `);
    },
  );
});
