import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { program } from '../catalog.ts';
import { freePort } from '../ports.ts';
import type { Programs } from '../programs/programs.ts';
import { stagesText } from './stages.ts';
import type { Objects } from './types.ts';

/** What kubelets would do: kwok moves one node and its pods through their states, and answers for their logs. */
export interface Nodes {
  setLogs(lines: readonly string[], previous?: readonly string[]): Promise<void>;
}

const CAPACITY = { cpu: '32', memory: '64Gi', pods: '110' };

export async function startNodes(
  folder: string,
  programs: Programs,
  kubeconfig: string,
  { apply, get }: Objects,
): Promise<Nodes> {
  const files = { current: join(folder, 'pod.log'), previous: join(folder, 'pod-previous.log') };
  const setLogs = async (lines: readonly string[], previous: readonly string[] = []) => {
    await writeFile(files.current, criLog(lines));
    await writeFile(files.previous, criLog(previous));
  };
  await setLogs([]);
  const stages = join(folder, 'stages.yaml');
  await writeFile(stages, stagesText(files));
  const port = await freePort();
  await programs.start({
    name: 'kwok',
    file: program('kwok', 'kwok'),
    args: [
      `--kubeconfig=${kubeconfig}`,
      '--manage-all-nodes=true',
      `--config=${stages}`,
      // The API server asks the node there for logs.
      '--node-ip=127.0.0.1',
      `--node-port=${port}`,
      `--server-address=127.0.0.1:${port}`,
    ],
    env: { PATH: '', HOME: folder },
  });
  await apply({
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: 'node', labels: { 'kubernetes.io/hostname': 'node' } },
    status: { allocatable: CAPACITY, capacity: CAPACITY },
  });
  await programs.until('node ready', async () => {
    const node = await get<NodeObject>('node', 'default', 'node');
    return node?.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True');
  });
  return { setLogs };
}

interface NodeObject {
  readonly status?: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
}

/** https://github.com/kubernetes/design-proposals-archive/blob/main/node/kubelet-cri-logging.md */
const criLog = (lines: readonly string[]): string =>
  lines.map((line) => `${new Date().toISOString()} stdout F ${line}\n`).join('');
