import { startGitHub } from '@gitops-actions/testkit';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { arrivals } from './arrivals.ts';
import { crowd, ownText, type Place, writeTo } from './crowd.ts';
import { routes, visible } from './stage.ts';

const FIND = 'graphql findComments';
const UPDATE = 'graphql updateComment';
const CREATE = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments';
const PAGE = 'GET /repos/{owner}/{repo}/issues/{issue_number}/comments';

const github = await startGitHub();
const shop = await github.createRepository('acme/shop');
let own = '';

beforeAll(async () => {
  own = await ownText({ github, shop });
});
afterAll(() => github.close());

test.each<[number, Place]>([
  [30, 'first'],
  [30, 'middle'],
  [30, 'last'],
  [200, 'middle'],
  [1000, 'first'],
  [1000, 'last'],
  [2500, 'first'],
  [2500, 'last'],
])('%i comments, ours %s: two requests, one after the other', async (count, place) => {
  const pull = await crowd({ github, shop }, count, place, own);
  const run = await writeTo({ github, shop }, pull, 'after');
  expect([run.outputs.result, routes(run)]).toEqual(['updated', [FIND, UPDATE]]);
  expect(pull.comments()).toHaveLength(count);
});

// Every page is kept waiting until all of them are asked for: one that waits for another would never come.
test.each([
  [201, 1],
  [1000, 8],
  [2500, 23],
])('%i comments, ours in the middle: %i pages at once are the third round trip', async (count, pages) => {
  const pull = await crowd({ github, shop }, count, 'middle', own);
  const all = Promise.withResolvers<void>();
  github.clearRequests();
  const remove = github.inject({ match: PAGE, hold: all.promise });
  const running = writeTo({ github, shop }, pull, 'after');
  try {
    await arrivals(github, ({ route }) => route === PAGE, pages, [running]);
  } finally {
    remove();
    all.resolve();
    await running;
  }
  const run = await running;
  const expected = [FIND, ...Array.from({ length: pages }, () => PAGE), UPDATE];
  expect([run.outputs.result, routes(run)]).toEqual(['updated', expected]);
  const [written] = pull.comments().filter(({ edits }) => edits > 0);
  expect([visible(written?.body), pull.comments().length]).toEqual([['after'], count]);
});

test.each([
  [0, 0],
  [30, 0],
  [1000, 8],
])(
  '%i comments, none of them ours: the pages between, create, and a look for a faster one',
  async (count, pages) => {
    const pull = await crowd({ github, shop }, count, 'nowhere', own);
    const run = await writeTo({ github, shop }, pull, 'after');
    const between = Array.from({ length: pages }, () => PAGE);
    expect([run.outputs.result, routes(run)]).toEqual(['created', [FIND, ...between, CREATE, FIND]]);
    expect(pull.comments()).toHaveLength(count + 1);
  },
);

test.each<[number, Place, number]>([
  [30, 'middle', 0],
  [1000, 'middle', 8],
])('%i comments, ours in the %s, nothing new to say: nothing is written', async (count, place, pages) => {
  const pull = await crowd({ github, shop }, count, place, own);
  const run = await writeTo({ github, shop }, pull, 'before');
  const between = Array.from({ length: pages }, () => PAGE);
  expect([run.outputs.result, routes(run)]).toEqual(['unchanged', [FIND, ...between]]);
});
