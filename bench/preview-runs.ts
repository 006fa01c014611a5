import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Cluster,
  enginePath,
  type GitHub,
  program,
  runAction,
  runProgram,
  temporaryDirectory,
} from '@gitops-actions/testkit';
import { type Cost, cost } from './cost.ts';

const HOST = 'pr-1.preview.example.com';

/** What is compared, and where. */
export interface Place {
  readonly cluster: Cluster;
  readonly version: 3 | 4;
  readonly latency: number;
  /** Holds the chart. */
  readonly workspace: string;
}

/** One upgrade; the number tells runs apart, and programs are looked for in the path. */
export type Run = (number: number, path?: string) => Promise<Cost>;

/** Each in a home of its own, as on a new runner: nothing is cached. */
export function bareHelm({ cluster, version, workspace }: Place, namespace: string): Run {
  return async () => {
    await using home = await temporaryDirectory();
    const kubeconfig = join(home.path, 'kubeconfig');
    await writeFile(kubeconfig, cluster.deployerKubeconfig);
    const values = `image.repository=acme/web,image.tag=v1,ingress.host=${HOST}`;
    const args = [
      'upgrade',
      '--install',
      'pr-1',
      join(workspace, 'chart'),
      '--namespace',
      namespace,
      '--wait',
    ];
    const env = { ...cluster.env, HOME: home.path, KUBECONFIG: kubeconfig };
    return await cost(async () => {
      await runProgram(program(`helm${version}`, 'helm'), [...args, '--set-string', values], {
        cwd: workspace,
        env,
      });
    });
  };
}

/** The bundle, in a workflow of a pull request. */
export async function deployPreview(
  { cluster, version, workspace }: Place,
  github: GitHub,
  namespace: string,
): Promise<Run> {
  const repository = await github.createRepository('acme/shop');
  const pullRequest = await repository.openPullRequest({ head: 'feature', files: { 'app.txt': 'one' } });
  const payload = github.event('pull_request', { repository, pullRequest });
  const inputs = {
    kubeconfig: cluster.deployerKubeconfig,
    domain: 'preview.example.com',
    image: 'acme/web:v1',
    chart: 'chart',
    namespace,
  };
  return (number, path = enginePath([`helm${version}`, 'kubernetes'])) =>
    cost(async () => {
      const run = await runAction('deploy-preview', {
        github,
        repository,
        event: { name: 'pull_request', payload },
        inputs,
        env: { PATH: path },
        workspace,
        runId: 100 + number,
      });
      if (run.outputs.status !== 'ready') throw new Error(`deploy-preview: ${run.stdout}${run.stderr}`);
    });
}

/** Which programs an action starts, such as `2 helm, 4 kubectl`. */
export async function programsOf(
  version: Place['version'],
  workspace: string,
  run: (path: string) => Promise<unknown>,
): Promise<string> {
  const folder = join(workspace, `programs-${version}`);
  const log = join(folder, 'log');
  await mkdir(folder, { recursive: true });
  await writeFile(log, '');
  for (const [name, path] of [
    ['helm', program(`helm${version}`, 'helm')],
    ['kubectl', program('kubernetes', 'kubectl')],
  ] as const) {
    await writeFile(join(folder, name), `#!/bin/sh\necho ${name} >>'${log}'\nexec '${path}' "$@"\n`);
    await chmod(join(folder, name), 0o755);
  }
  await run(`${folder}:${process.env.PATH ?? ''}`);
  const counts = Object.entries(
    Object.groupBy((await readFile(log, 'utf8')).trim().split('\n'), (name) => name),
  );
  return counts.map(([name, lines = []]) => `${lines.length} ${name}`).join(', ');
}
