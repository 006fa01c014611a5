import { readdir, realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, sep } from 'node:path';
import { ConfigurationError, illegal } from '../action/index.ts';
import type { Cluster } from './cluster.ts';
import { helmSaid, runHelm } from './helm.ts';

/** A chart as a workflow names it. */
export interface ChartSource {
  /** A folder of the checkout, `oci://…`, a URL, `repo/chart` of `helm repo add`, or the name in `repository`. */
  readonly chart: string;
  /** URL of a chart repository; empty for none. */
  readonly repository: string;
  /** Version or range; empty for the newest. */
  readonly version: string;
}

/**
 * Brings a chart to this machine, once for everything that is done with it.
 *
 * @param workspace the checkout
 * @param folder where a chart from elsewhere is unpacked
 * @returns the folder of the chart
 * @throws ConfigurationError when there is no such chart
 */
export async function fetchChart(
  cluster: Cluster,
  source: ChartSource,
  { workspace, folder, signal }: { workspace: string; folder: string; signal: AbortSignal },
): Promise<string> {
  const { chart, repository, version } = source;
  const isRemote = repository !== '' || /^(?:oci|https?):\/\//.test(chart);
  const local = isRemote ? undefined : await localChart(chart, workspace);
  if (local !== undefined) {
    if (version === '') return local;
    throw illegal('chart-version', version, 'empty for a chart in the checkout, which has its version in it');
  }
  if (!isRemote && !/^[\w.-]+\/[\w.-]+$/.test(chart))
    throw noSuchChart(source, 'it is no folder in the workspace.');
  const target = join(folder, 'chart');
  const args = [
    ...['pull', chart, '--untar', '--untardir', target],
    ...(repository === '' ? [] : ['--repo', repository]),
    ...(version === '' ? [] : ['--version', version]),
    ...(isLoopback(chart) ? ['--plain-http'] : []),
  ];
  const { exitCode, stderr } = await runHelm(cluster, args, { signal });
  if (exitCode !== 0) throw noSuchChart(source, `helm says: ${helmSaid(stderr)}`);
  const [name] = (await readdir(target, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  if (name === undefined) throw noSuchChart(source, 'helm brought nothing.');
  return join(target, name.name);
}

/** A registry on this machine speaks plain HTTP, as Docker also takes it. */
function isLoopback(chart: string): boolean {
  return /^oci:\/\/(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])[:/]/.test(chart);
}

async function localChart(chart: string, workspace: string): Promise<string | undefined> {
  if (workspace === '') return undefined;
  const path = await insideWorkspace(chart, workspace, 'chart');
  if (path === undefined) return undefined;
  const isChart = await stat(join(path, 'Chart.yaml')).catch(() => undefined);
  if (isChart) return path;
  throw illegal('chart', chart, 'a folder with a Chart.yaml');
}

/**
 * A path of the checkout.
 *
 * @returns undefined when it is not there
 * @throws ConfigurationError when it leads out of the workspace, or into git's folder, which may hold credentials
 */
export async function insideWorkspace(
  path: string,
  workspace: string,
  input: string,
): Promise<string | undefined> {
  const base = await realpath(workspace);
  const found = await realpath(isAbsolute(path) ? path : join(workspace, path)).catch(() => undefined);
  if (found === undefined) return undefined;
  const isInside = found === base || found.startsWith(base + sep);
  if (!isInside) throw illegal(input, path, 'inside the workspace');
  if (found.slice(base.length).toLowerCase().split(sep).includes('.git'))
    throw illegal(input, path, 'outside of .git');
  return found;
}

function noSuchChart({ chart, repository, version }: ChartSource, why: string): ConfigurationError {
  const place = `${repository && ` in ${repository}`}${version && `, version ${version}`}`;
  return new ConfigurationError(
    `The chart "${chart}"${place} cannot be had: ${why} Check the inputs "chart", "chart-repository" and "chart-version", and that a step with actions/checkout runs before this one.`,
  );
}
