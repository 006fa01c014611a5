import { startCluster, startGitHub, temporaryDirectory } from '@gitops-actions/testkit';
import type { Cost } from './cost.ts';
import { bare, deployPreview, ENGINES, type Place, prepareWorkspace, programsOf } from './preview-runs.ts';

const PAIRS = 15;
/** None, to see what the machine does; and GitHub as far away as it is from its own runners. Milliseconds. */
const LATENCIES = [0, 60];

/**
 * What deploy-preview costs over what people write themselves: `helm upgrade --install --wait`, or `kubectl apply -k` and
 * `kubectl rollout status`. One after the other, on one cluster, of a preview that is up already and whose pods stay,
 * because waiting for pods takes both equally long.
 */
export async function preview(): Promise<void> {
  console.log(
    'budget over bare helm: 10 % or 300 ms; medians of pairs; GitHub on loopback answers after so long\n',
  );
  console.log(
    'engine    | GitHub ms | bare ms | action ms | more ms | bare CPU ms | action CPU ms | programs',
  );
  console.log(
    '--------- | --------- | ------- | --------- | ------- | ----------- | ------------- | --------',
  );
  await using workspace = await temporaryDirectory();
  await prepareWorkspace(workspace.path);
  const cluster = await startCluster();
  try {
    for (const engine of ENGINES) {
      for (const latency of LATENCIES) await measure({ cluster, engine, latency, workspace: workspace.path });
    }
  } finally {
    await cluster.close();
  }
}

async function measure(place: Place): Promise<void> {
  const { cluster, engine, latency } = place;
  const namespace = `bench-${engine.replace(' ', '')}-${latency}`;
  for (const name of [namespace, `${namespace}-bare`]) {
    await cluster.createNamespace(name);
    await cluster.grant(name);
  }
  await using github = await startGitHub({ latency });
  const byHand = bare(place, `${namespace}-bare`);
  const action = await deployPreview(place, github, namespace);
  await byHand(0);
  await action(0);
  const pairs: (readonly [Cost, Cost])[] = [];
  for (let number = 1; number <= PAIRS; number++) pairs.push([await byHand(number), await action(number)]);
  const programs = await programsOf(place, (path) => action(PAIRS + 1, path));
  const of = (value: (pair: readonly [Cost, Cost]) => number) => median(pairs.map(value)).toFixed(0);
  const cells = [
    engine.padEnd(9),
    String(latency).padStart(9),
    of(([first]) => first.milliseconds).padStart(7),
    of(([, second]) => second.milliseconds).padStart(9),
    of(([first, second]) => second.milliseconds - first.milliseconds).padStart(7),
    of(([first]) => first.cpu).padStart(11),
    of(([, second]) => second.cpu).padStart(13),
    programs,
  ];
  console.log(cells.join(' | '));
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
