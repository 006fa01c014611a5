import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { describeOn } from './suite.ts';
import { type ArgoCdScene, argoCdScene, ENGINES, NAMESPACE, release } from './verify-argocd-scene.ts';

const LANES = ['red', 'green', 'blue', 'white', 'black'];
const PUSHES = 10;
const FATES = ['', '', '-crash-loop', '-image-pull', '-never-ready'];
/** Of all pushes together; milliseconds. */
const LONGEST = 400_000;

interface Deployment {
  readonly spec: {
    readonly template: { readonly spec: { readonly containers: readonly { image: string }[] } };
  };
  readonly status?: { readonly readyReplicas?: number; readonly updatedReplicas?: number };
}

describeOn(ENGINES, 'verify-deployment in a row', () => {
  let scene: ArgoCdScene;
  beforeAll(async () => {
    scene = await argoCdScene();
    for (const lane of LANES) {
      await scene.push(release(lane, 'v0'));
      await scene.apply(lane);
    }
  }, 120_000);
  afterAll(async () => {
    await scene?.[Symbol.asyncDispose]();
  });

  /** Any of the fates; the seed is in the name of the tag, so that a failure can be looked at. */
  const fateOf = (lane: string, number: number) => {
    const seed = [...`${lane}${number}${SEED}`].reduce(
      (sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 9973,
      7,
    );
    return FATES[seed % FATES.length] ?? '';
  };
  const SEED = Math.floor(Math.random() * 1000);

  /** Good and bad ones of one Application, each verified before the next; what others push meanwhile comes after it. */
  const drive = async (lane: string) => {
    const wrong: string[] = [];
    for (let number = 1; number <= PUSHES; number++) {
      const tag = `v${number}-${SEED}${fateOf(lane, number)}`;
      const commit = await scene.push(release(lane, tag));
      const run = await scene.verify({ application: lane, commit, images: `ghcr.io/acme/${lane}:${tag}` });
      const isGood = fateOf(lane, number) === '';
      const live = await scene.cluster.get<Deployment>('deployment', NAMESPACE, lane);
      const image = live?.spec.template.spec.containers[0]?.image;
      const isRight =
        run.outputs.verdict === (isGood ? 'healthy' : 'degraded') && image?.endsWith(tag) === true;
      if (!isRight) wrong.push(`${lane} ${tag} runs ${image}: ${run.outputs.verdict} ${run.outputs.reason}`);
    }
    return wrong;
  };

  test(
    `fifty pushes of any fate, five Applications at a time: no false verdict (seed ${SEED})`,
    async () => {
      const wrong = await Promise.all(LANES.map(drive));
      expect(wrong.flat()).toEqual([]);
    },
    LONGEST,
  );
});
