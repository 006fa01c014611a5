import { parseHelmKey } from '@gitops-actions/core/preview';
import { describe, expect, test } from '@jest/globals';

describe('where a chart takes a value', () => {
  test.each(['image.tag', 'containers[0].image', 'annotations.example\\.com/host', 'a-b.c_d', ''])(
    '%j is a key',
    (key) => {
      expect(parseHelmKey(key, 'tag-key')).toBe(key);
    },
  );

  test.each(['image.tag=x', 'a,b', 'a b', '.tag', 'a..b', 'tag.', 'a[x]', '{a}', '[0]'])(
    '%j is none',
    (key) => {
      expect(() => parseHelmKey(key, 'tag-key')).toThrow(
        `Input "tag-key" is ${JSON.stringify(key)}; it must be a path in the values such as image.tag or containers[0].image.`,
      );
    },
  );
});
