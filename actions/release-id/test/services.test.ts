import { describe, expect, test } from '@jest/globals';
import { parseServices } from '../src/services.ts';

describe('services', () => {
  test.each([
    ['an empty list', '[]', []],
    ['names, one a line', 'web\n\n  orders \r\npayments', ['web', 'orders', 'payments']],
    ['a JSON list of names', '["web", "orders"]', ['web', 'orders']],
    ['a name of 63 letters', 'a'.repeat(63), ['a'.repeat(63)]],
  ])('are %s', (_what, text, names) => {
    expect(parseServices(text)).toEqual(names.map((name) => ({ name, rest: {} })));
  });

  test('that are not given are something else than an empty list', () => {
    expect(parseServices('')).toBeUndefined();
  });

  test('keep keys that are not ours as they were written', () => {
    const text = JSON.stringify([
      'web',
      {
        name: 'orders',
        image: 'ghcr.io/Acme/shop-orders',
        paths: ['./orders/**', '!orders/docs/'],
        context: 'orders',
        deep: { a: [1, null] },
        on: true,
      },
    ]);
    expect(parseServices(text)).toEqual([
      { name: 'web', rest: {} },
      {
        name: 'orders',
        image: 'ghcr.io/acme/shop-orders',
        paths: ['orders/**', '!orders/docs'],
        rest: {
          paths: ['./orders/**', '!orders/docs/'],
          context: 'orders',
          deep: { a: [1, null] },
          on: true,
        },
      },
    ]);
  });

  const legal = 'it must be one name a line, or a JSON list of names and of objects with a "name".';
  const dnsLabel =
    'a name must be a DNS label: at most 63 of a-z, 0-9 and "-", with a letter or digit at both ends.';
  test.each([
    ['{"name": "web"}', `Input "services" is "{\\"name\\": \\"web\\"}"; ${legal}`],
    ['[1]', `Input "services" is "1"; ${legal}`],
    ['[["web"]]', `Input "services" is "[\\"web\\"]"; ${legal}`],
    ['[null]', `Input "services" is "null"; ${legal}`],
    ['[{}]', `Input "services" holds a service named nothing; ${dnsLabel}`],
    ['[{"name": 1}]', `Input "services" holds a service named 1; ${dnsLabel}`],
    ['Orders', `Input "services" holds a service named "Orders"; ${dnsLabel}`],
    ['web, orders', `Input "services" holds a service named "web, orders"; ${dnsLabel}`],
    ['-web', `Input "services" holds a service named "-web"; ${dnsLabel}`],
    ['a'.repeat(64), `Input "services" holds a service named "${'a'.repeat(64)}"; ${dnsLabel}`],
    ['web\norders\nweb', 'Input "services" holds the service "web" twice; keep one of them.'],
    ['["web", {"name": "web"}]', 'Input "services" holds the service "web" twice; keep one of them.'],
    [
      '[{"name": "web", "image": ["a"]}]',
      'Input "services" gives service "web" an image that is not a text; write its name, such as ghcr.io/acme/web.',
    ],
    [
      '[{"name": "web", "image": "ghcr.io/acme/web:v1"}]',
      'Input "services": the image of "web" is "ghcr.io/acme/web:v1", which carries a tag; leave it out, because the release id becomes the tag.',
    ],
    [
      '[{"name": "web", "image": ""}]',
      'Input "services": the image of "web" is "", which is not the name of an image, such as ghcr.io/acme/orders.',
    ],
    [
      '[{"name": "web", "Image": "a"}]',
      'Input "services" gives service "web" the key "Image" a second time in other capitals; GitHub takes both for the same key, so keep one.',
    ],
    [
      '[{"name": "web", "build args": "a"}]',
      'Input "services" gives service "web" the key "build args"; a key must be letters, digits, "_" and "-", so that matrix.<key> can read it.',
    ],
    [
      JSON.stringify(Array.from({ length: 257 }, (_, index) => `s${index}`)),
      'Input "services" holds 257 services; a matrix has at most 256 jobs, so split the workflow.',
    ],
  ])('%j are refused', (text, message) => {
    expect(() => parseServices(text)).toThrow(new Error(message));
  });

  test('that are not JSON are refused with what the parser said', () => {
    expect(() => parseServices('["web",]')).toThrow(/^Input "services" is not valid JSON: .+\.$/);
  });
});
