import { expect, test } from '@jest/globals';
import { parseChallenges } from '../../src/registry/challenge.ts';

test.each([
  { header: '', challenges: [] },
  {
    header:
      'Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:a/b:pull,push"',
    challenges: [
      {
        scheme: 'bearer',
        parameters: {
          realm: 'https://auth.docker.io/token',
          service: 'registry.docker.io',
          scope: 'repository:a/b:pull,push',
        },
      },
    ],
  },
  {
    header: 'BASIC Realm = "a \\"b\\", c" , Bearer realm=x,error="invalid_token"',
    challenges: [
      { scheme: 'basic', parameters: { realm: 'a "b", c' } },
      { scheme: 'bearer', parameters: { realm: 'x', error: 'invalid_token' } },
    ],
  },
  {
    header: 'Negotiate, Basic realm="x"',
    challenges: [
      { scheme: 'negotiate', parameters: {} },
      { scheme: 'basic', parameters: { realm: 'x' } },
    ],
  },
  { header: 'Bearer realm="never closed', challenges: [{ scheme: 'bearer', parameters: {} }] },
])('$header', ({ header, challenges }) => {
  expect(parseChallenges(header)).toEqual(challenges);
});
