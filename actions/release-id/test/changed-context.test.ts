import { describe, expect, test } from '@jest/globals';
import { covered, footprint } from './changed-footprint.ts';

describe('without paths', () => {
  test.each([
    ['the context', { context: 'web' }, ['web/a'], ['api/a', 'Dockerfile']],
    ['the context, written otherwise', { context: './web//' }, ['web/a'], ['api/a']],
    ['a context that looks like a pattern', { context: 'app/[id]' }, ['app/[id]/a'], ['app/i/a']],
    [
      'the dockerfile too, and the ignore file beside it',
      { context: 'web', dockerfile: 'docker/web.Dockerfile' },
      ['web/a', 'docker/web.Dockerfile', 'docker/web.Dockerfile.dockerignore'],
      ['docker/api.Dockerfile', 'docker/.dockerignore'],
    ],
    ['the context above a submodule', { context: 'libs/shop/src' }, ['libs/shop'], ['libs/web']],
    ['the context, when the dockerfile is null', { context: 'web', dockerfile: null }, ['web/a'], ['a']],
  ])('%s', (_what, keys, inside, outside) => {
    expect(covered(keys, [...inside, ...outside])).toEqual(inside);
  });

  test('paths win over context and dockerfile', () => {
    const keys = { paths: ['src'], context: 'web', dockerfile: 'Dockerfile' };
    expect(covered(keys, ['src/a', 'web/a', 'Dockerfile'])).toEqual(['src/a']);
  });

  const context = 'its context is no folder of the repository';
  const dockerfile = 'its dockerfile is no file of the repository';
  test.each([
    [{}, 'it has neither paths nor a context'],
    [{ dockerfile: 'docker/Dockerfile' }, 'it has neither paths nor a context'],
    [{ context: null }, 'it has neither paths nor a context'],
    [{ context: '.' }, 'its context is the whole repository'],
    [{ context: './' }, 'its context is the whole repository'],
    [{ context: '' }, context],
    [{ context: 7 }, context],
    [{ context: '/home/runner/work/web' }, context],
    [{ context: '../web' }, context],
    [{ context: 'web\\a' }, context],
    [{ context: '{{defaultContext}}:web' }, context],
    [{ context: 'https://github.com/acme/shop.git#main' }, context],
    [{ context: 'github.com/acme/shop' }, context],
    [{ context: 'web', dockerfile: '/Dockerfile' }, dockerfile],
    [{ context: 'web', dockerfile: '../Dockerfile' }, dockerfile],
    [{ context: 'web', dockerfile: 7 }, dockerfile],
    [{ context: 'web', dockerfile: './' }, dockerfile],
  ])('%j: always kept', (keys, why) => {
    expect(footprint(keys)).toEqual({ covers: undefined, why });
  });

  test.each(['Paths', 'CONTEXT', 'Dockerfile'])('the key %s is refused: it would not be seen', (key) => {
    expect(() => footprint({ [key]: 'web' })).toThrow(
      new Error(
        `Input "services" gives service "web" the key "${key}"; write it in small letters, or what it says is not seen.`,
      ),
    );
  });
});
