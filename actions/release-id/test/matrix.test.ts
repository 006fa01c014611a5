import { expect, test } from '@jest/globals';
import { legsOf } from '../src/matrix.ts';
import { parseServices } from '../src/services.ts';

const prefix = 'ghcr.io/acme';

test.each([
  ['no services given: the prefix is the image', undefined, prefix, [{ image: 'ghcr.io/acme:v1' }]],
  ['no services, no prefix', undefined, '', []],
  ['an empty list of services builds nothing', [], prefix, []],
  ['an empty list without a prefix', [], '', []],
  [
    'what says which files a service is made of is in its job too',
    parseServices('[{"name": "web", "paths": ["./web/"], "context": "web", "dockerfile": "d"}]'),
    prefix,
    [{ name: 'web', image: 'ghcr.io/acme/web:v1', paths: ['./web/'], context: 'web', dockerfile: 'd' }],
  ],
])('%s', (_what, services, written, legs) => {
  expect(legsOf({ services, prefix: written }, 'v1')).toEqual(legs);
});
