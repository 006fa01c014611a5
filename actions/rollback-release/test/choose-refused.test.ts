import { describe, expect, test } from '@jest/globals';
import { back, history, image, release, type Step, shown, web } from './history.ts';

const three = [release('v1'), release('v2'), release('v3')];

describe('nothing is chosen', () => {
  test.each<[string, Step[], object, string]>([
    [
      'the target that stands there',
      three,
      { to: 'v3' },
      'Input "to" is v3, which is what stands there; name an earlier release. Nothing was written.',
    ],
    [
      'a target nobody released',
      three,
      { to: 'v9' },
      'Input "to" is v9, at which acme/web did not stand in a.yaml (all 3 commits of the path were searched); before there was v2, v1. Nothing was written.',
    ],
    [
      'a release nobody made',
      three,
      { release: 'v7' },
      'Input "release" is v7, which stands nowhere in "path" and which the history does not have (all 3 commits of the path were searched); it has v3, v2, v1. Nothing was written.',
    ],
    [
      'many releases: at most ten are named',
      Array.from({ length: 14 }, (_, index) => release(`v${index}`)),
      { release: 'x' },
      'Input "release" is x, which stands nowhere in "path" and which the history does not have (all 14 commits of the path were searched); it has v13, v12, v11, v10, v9, v8, v7, v6, v5, v4 and 4 older ones. Nothing was written.',
    ],
    [
      'only releases that were rolled back',
      [
        { files: web('v2'), releases: ['v2'] },
        { ...back('v1', 'v2'), releases: [] },
        release('v1', { 'acme/db': '1' }),
      ],
      { release: 'v1' },
      'There is no release before v1 in a.yaml to go back to (all 3 commits of the path were searched): v2 stood there, but not all of it fits: what was rolled back or is blocked, newer or the same digest is passed over; name one in "to", or release a fix. Nothing was written.',
    ],
    [
      'no release before',
      [release('v1')],
      {},
      'There is no release before v1 in a.yaml to go back to (all 1 commits of the path were searched): nothing else stood there; release a fix. Nothing was written.',
    ],
    [
      'an image that is new',
      [release('v1'), { files: web('v2', { 'acme/new': 'v2' }), releases: ['v2'] }],
      {},
      'Before v2 there was no other acme/new in a.yaml to go back to (all 2 commits of the path were searched); name the other images in "images", or release a fix. Nothing was written.',
    ],
    [
      'an image in two versions before',
      [
        { files: { 'a.yaml': { 'acme/web': ['v1', 'v0'] } } },
        { files: { 'a.yaml': { 'acme/web': ['v2', 'v2'] } }, releases: ['v2'] },
      ],
      {},
      'a.yaml had acme/web in two versions before (v1 and v0), so nobody can tell which place goes back to which; set them by hand. Nothing was written.',
    ],
    [
      'an image that the release did not change',
      [release('v1', { 'acme/db': '1' }), release('v2', { 'acme/db': '1' })],
      { images: [image('acme/web'), image('acme/db')] },
      'Input "images" names acme/db, which commit 1 of release v2 did not change; it changed acme/web. Nothing was written.',
    ],
    [
      'an image that no release changed',
      three,
      { images: [image('acme/nowhere')] },
      'Input "images" names acme/nowhere, which stands in no file of "path"; there is acme/web. Nothing was written.',
    ],
    [
      'no releases at all',
      [{ files: web('v1') }],
      {},
      'No release that a commit says in its trailers stands there (all 1 commits of the path were searched); correct the inputs "path" and "images", name the id that stands there in "release", or write the image with update-manifest. Nothing was written.',
    ],
  ])('refused: %s', async (_, steps, asked, sentence) => {
    const said = await history(steps)
      .ask(asked)
      .then(shown, (error: Error) => `${error.name}: ${error.message}`);
    expect(said).toBe(`ConfigurationError: ${sentence}`);
  });
});
