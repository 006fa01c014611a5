import { describe, expect, test } from '@jest/globals';
import {
  overlay,
  PRODUCTION,
  promoted,
  STAGING,
  type Stage,
  said,
  sentence,
  startStage,
  V1,
  V2,
  V3,
} from './stage.ts';

const BRANCH = 'release/production';
const PROPOSE = { strategy: 'pull-request', 'pull-request-branch': BRANCH };
const [WEB, ORDERS] = [`ghcr.io/acme/web:${V2}`, `ghcr.io/acme/orders:${V2}`];

/** Staging is at V2, production at V1, and a pull request carries V2. */
async function proposedStage(files?: Record<string, string>): Promise<Stage> {
  const stage = await startStage(files);
  expect((await stage.run(PROPOSE)).outputs.result).toBe('proposed');
  return stage;
}

const states = ({ gitops }: Stage) => gitops.pullRequests().map(({ state }) => state);
const takenBack = (path: string, image: string) =>
  `${PRODUCTION}: ${path} of the pull request held ${image}, which acme/gitops@main does not say any more; it is taken back.`;

describe('a release that the source does not say any more', () => {
  test('back to what the target has: the pull request closes, branch and all', async () => {
    await using stage = await proposedStage();
    await stage.gitops.commit('main', { [STAGING]: overlay(V1, V1) });
    const run = await stage.run(PROPOSE);
    expect(sentence(run)).toBe('0: ');
    expect(run.outputs).toMatchObject({ result: 'unchanged', 'pull-request': '' });
    expect(promoted(run)).toEqual([]);
    expect(states(stage)).toEqual(['closed']);
    expect(await stage.gitops.branches()).toEqual(['main']);
    expect(said(run, 'notice')).toEqual([
      takenBack('images[0].newTag', WEB),
      takenBack('images[1].newTag', ORDERS),
    ]);
  });

  test('back by one of two releases: the pull request carries that one', async () => {
    await using stage = await startStage();
    await stage.run({ ...PROPOSE, 'from-path': 'apps/shop/dev/kustomization.yaml' });
    expect(await stage.gitops.read(BRANCH, PRODUCTION)).toBe(overlay(V3, V3));
    const run = await stage.run(PROPOSE);
    expect(run.outputs).toMatchObject({ result: 'proposed', 'pull-request': '1' });
    expect(await stage.gitops.read(BRANCH, PRODUCTION)).toBe(overlay(V2, V2));
    expect(states(stage)).toEqual(['open']);
  });

  test('one image of two: the other stays, and so do other jobs’ and people’s changes', async () => {
    const more = (text: string, tag: string) => `${text}replicas: ${tag}\n`;
    await using stage = await proposedStage({
      [STAGING]: overlay(V2, V2),
      [PRODUCTION]: more(overlay(V1, V1), '1'),
    });
    await stage.gitops.commit(BRANCH, { [PRODUCTION]: more(overlay(V2, V2), '5') });
    await stage.gitops.commit('main', { [STAGING]: overlay(V1, V2) });
    const run = await stage.run(PROPOSE);
    expect(sentence(run)).toBe('0: ');
    expect(await stage.gitops.read(BRANCH, PRODUCTION)).toBe(more(overlay(V1, V2), '5'));
    const [commit] = await stage.gitops.log(BRANCH);
    expect(commit?.message).toMatch(
      /^Take back web v1\.0\.2-bbbbbbb\n\nRelease-Sequence: [\s\S]+\nPromoted-From: acme\/gitops@[0-9a-f]{40}$/,
    );
  });

  test('the mark that it passed comes back with the old release', async () => {
    const production = `image: acme/web:${V1} # gitops-actions: blocked v1.0.1-fffffff crash\n`;
    await using stage = await proposedStage({
      [STAGING]: `image: acme/web:${V2}\n`,
      [PRODUCTION]: production,
    });
    expect(await stage.gitops.read(BRANCH, PRODUCTION)).toBe(`image: acme/web:${V2}\n`);
    await stage.gitops.commit('main', { [STAGING]: `image: acme/web:v1.0.0-0000000\n` });
    const run = await stage.run({ ...PROPOSE, 'allow-downgrade': 'true', order: 'none' });
    expect(sentence(run)).toBe('0: ');
    expect(await stage.gitops.read(BRANCH, PRODUCTION)).toBe(
      'image: acme/web:v1.0.0-0000000 # gitops-actions: blocked v1.0.1-fffffff crash\n',
    );
  });

  test('what somebody else wrote there is left alone', async () => {
    await using stage = await proposedStage();
    await stage.gitops.commit(BRANCH, { [PRODUCTION]: overlay(V3, V2) }, { message: 'Try the next web' });
    const run = await stage.run(PROPOSE);
    expect(await stage.gitops.read(BRANCH, PRODUCTION)).toBe(overlay(V3, V2));
    expect(said(run, 'notice')).toEqual([
      `${PRODUCTION}:4: images[0].newTag is at ${V3}, a newer release than ${V2}; it is left alone.`,
    ]);
  });

  test('a promotion that comes late takes nothing back from a later one', async () => {
    await using stage = await proposedStage();
    const waits = Promise.withResolvers<void>();
    stage.github.clearRequests();
    stage.github.inject({ match: 'graphql ReadProposal', times: 1, hold: waits.promise });
    const late = stage.run(PROPOSE);
    await waitFor(() => stage.github.requests().some(({ route }) => route === 'graphql ReadProposal'));
    await stage.gitops.commit('main', { [STAGING]: overlay(V3, V3) });
    expect((await stage.run(PROPOSE)).outputs.result).toBe('proposed');
    waits.resolve();
    expect((await late).outputs.result).toBe('superseded');
    expect(await stage.gitops.read(BRANCH, PRODUCTION)).toBe(overlay(V3, V3));
  });

  test('where it cannot be taken back: a sentence', async () => {
    const pinned = (tag: string) =>
      `images:\n  - name: acme/web\n    newTag: ${tag}\n    digest: sha256:${'a'.repeat(64)}\n`;
    await using stage = await startStage({
      [STAGING]: pinned(V2),
      [PRODUCTION]: `images:\n  - name: acme/web\n    newTag: ${V1}\n`,
    });
    const add = { ...PROPOSE, images: 'acme/web', 'add-missing': 'true' };
    expect((await stage.run(add)).outputs.result).toBe('proposed');
    await stage.gitops.commit('main', { [STAGING]: `images:\n  - name: acme/web\n    newTag: ${V1}\n` });
    expect(sentence(await stage.run(add))).toMatch(
      /^1: The branch of the pull request still holds acme\/web:v1\.0\.2-bbbbbbb@sha256:a{64} \(apps\/shop\/production\/kustomization\.yaml: images\[0\]\.newTag\), which cannot be taken back: .+\. Close the pull request, or put the value back by hand\.$/,
    );
    expect(states(stage)).toEqual(['open']);
  });
});

async function waitFor(isTrue: () => boolean): Promise<void> {
  for (const end = Date.now() + 20_000; !isTrue(); ) {
    if (Date.now() > end) throw new Error('waited in vain');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
