import { type CountedApi, countedApi } from '../test/engines/counted-api.ts';
import { type ArgoCdScene, argoCdScene, release } from '../test/engines/verify-argocd-scene.ts';
import { writeKubeconfig } from '../test/engines/workloads.ts';
import { type Cost, cost } from './cost.ts';
import { pollApplication, type Sign } from './rivals/poll-application.ts';

const ROUNDS = 7;
const CRASHES = 3;

/** Who says that a commit runs; false when it says that it does not. */
type Verifier = (commit: string, api: CountedApi) => Promise<boolean>;

interface Measure {
  readonly times: Cost[];
  readonly requests: number[];
  falseGreens: number;
}

/**
 * From the commit to the verdict on a real Argo CD: verify-deployment against loops of kubectl that poll, which ask Argo CD
 * to look at the start too, for nothing moves here without that. Then the same of releases that crash.
 */
export async function verify(): Promise<void> {
  await using scene = await argoCdScene();
  await scene.push(release('web', 'v0'));
  await scene.apply('web');
  const verifiers = verifiersOf(scene);
  const measures = new Map<string, Measure>();
  for (const [name] of verifiers) measures.set(name, { times: [], requests: [], falseGreens: 0 });
  let number = 0;
  const turn = async (name: string, verifier: Verifier, fate: string) => {
    const measure = measures.get(name);
    await using api = await countedApi(scene.cluster);
    const commit = await scene.push(release('web', `v${++number}${fate}`));
    let isGreen = false;
    const time = await cost(async () => {
      isGreen = await verifier(commit, api);
    });
    if (fate !== '') {
      if (isGreen && measure) measure.falseGreens++;
      return;
    }
    if (!isGreen) throw new Error(`${name} does not call ${commit} healthy.`);
    measure?.times.push(time);
    measure?.requests.push(api.requests().length + api.discovery());
  };
  for (let round = 0; round <= ROUNDS; round++)
    for (const [name, verifier] of verifiers) {
      await turn(name, verifier, '');
      // The first of each starts with empty caches of kubectl and the repository server.
      if (round === 0) measures.set(name, { times: [], requests: [], falseGreens: 0 });
    }
  for (let round = 0; round < CRASHES; round++)
    for (const [name, verifier] of verifiers) {
      await turn(name, verifier, '-crash-loop');
      await turn(name, verifiers[0]?.[1] ?? verifier, '');
      measures.get(name)?.times.pop();
      measures.get(name)?.requests.pop();
    }
  print(measures);
}

function verifiersOf(scene: ArgoCdScene): readonly (readonly [string, Verifier])[] {
  const polling =
    (interval: number, sign: Sign): Verifier =>
    async (commit, api) => {
      const kubeconfig = await writeKubeconfig(scene.cluster, api.kubeconfig);
      return pollApplication({ cluster: scene.cluster, kubeconfig, name: 'web', commit, interval, sign });
    };
  return [
    [
      'verify-deployment',
      async (commit, { kubeconfig }) => {
        const { outputs } = await scene.verify({ application: 'web', commit, kubeconfig });
        return outputs.verdict === 'healthy';
      },
    ],
    ['poll 1 s, revision, sync, health', polling(1000, 'revision')],
    ['poll 3 s, revision, sync, health', polling(3000, 'revision')],
    ['poll 1 s, sync and health', polling(1000, 'health')],
  ];
}

function print(measures: ReadonlyMap<string, Measure>): void {
  const [base] = measures.values();
  const of = (measure: Measure) => median(measure.times.map(({ milliseconds }) => milliseconds));
  console.log(
    `from the commit to the verdict, medians of ${ROUNDS}; requests to the API server with kubectl's discovery\n`,
  );
  console.log('who | ms | ratio | CPU ms | requests | crashing releases called healthy');
  console.log('--- | -- | ----- | ------ | -------- | ---------------------------------');
  for (const [name, measure] of measures) {
    const cells = [
      name,
      of(measure).toFixed(0),
      (of(measure) / (base ? of(base) : Number.NaN)).toFixed(2),
      median(measure.times.map(({ cpu }) => cpu)).toFixed(0),
      median(measure.requests).toFixed(0),
      `${measure.falseGreens} of ${CRASHES}`,
    ];
    console.log(cells.join(' | '));
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
