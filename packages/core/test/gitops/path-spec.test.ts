import { expect, test } from '@jest/globals';
import { parsePathSpec } from '../../src/gitops/index.ts';

test('a path cannot be left out with "!"', () => {
  expect(() => parsePathSpec(['apps', '!apps/legacy/**'], 'path')).toThrow(
    'Input "path" has the path "!apps/legacy/**"; nothing can be left out with "!", so name the paths that are meant.',
  );
  expect(parsePathSpec(['./apps/', 'a!b', '.'], 'path')).toEqual(['apps', 'a!b', '']);
});
