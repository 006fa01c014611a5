import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { startCluster, startGitHub, temporaryDirectory } from '@gitops-actions/testkit';
import { root } from '../scripts/project.ts';
import type { Cost } from './cost.ts';
import { bareHelm, deployPreview, type Place, programsOf } from './preview-runs.ts';

const PAIRS = 15;
const VERSIONS = [3, 4] as const;
/** None, to see what the machine does; and GitHub as far away as it is from its own runners. Milliseconds. */
const LATENCIES = [0, 60];

/**
 * What deploy-preview costs over the `helm upgrade --install --wait` that it runs: one after the other, on one cluster,
 * of a release that is up already and whose pods stay, because waiting for pods takes both equally long.
 */
export async function preview(): Promise<void> {
  console.log(
    'budget over bare helm: 10 % or 300 ms; medians of pairs; GitHub on loopback answers after so long\n',
  );
  console.log('helm | GitHub ms | bare ms | action ms | more ms | bare CPU ms | action CPU ms | programs');
  console.log('---- | --------- | ------- | --------- | ------- | ----------- | ------------- | --------');
  await using workspace = await temporaryDirectory();
  await cp(join(root, 'examples/shop/chart'), join(workspace.path, 'chart'), { recursive: true });
  const cluster = await startCluster();
  try {
    for (const version of VERSIONS) {
      for (const latency of LATENCIES) {
        await measure({ cluster, version, latency, workspace: workspace.path });
      }
    }
  } finally {
    await cluster.close();
  }
}

async function measure(place: Place): Promise<void> {
  const { cluster, version, latency, workspace } = place;
  const namespace = `bench-${version}-${latency}`;
  for (const name of [namespace, `${namespace}-bare`]) {
    await cluster.createNamespace(name);
    await cluster.grant(name);
  }
  await using github = await startGitHub({ latency });
  const bare = bareHelm(place, `${namespace}-bare`);
  const action = await deployPreview(place, github, namespace);
  await bare(0);
  await action(0);
  const pairs: (readonly [Cost, Cost])[] = [];
  for (let number = 1; number <= PAIRS; number++) pairs.push([await bare(number), await action(number)]);
  const programs = await programsOf(version, workspace, (path) => action(PAIRS + 1, path));
  const of = (value: (pair: readonly [Cost, Cost]) => number) => median(pairs.map(value)).toFixed(0);
  const cells = [
    String(version).padStart(4),
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
