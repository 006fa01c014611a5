import { chmod, cp, mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
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
import { root } from '../scripts/project.ts';
import { type Cost, cost } from './cost.ts';

const HOST = 'pr-1.preview.example.com';
const VALUES = `image.repository=acme/web,image.tag=v1,ingress.host=${HOST}`;

export const ENGINES = ['helm 3', 'helm 4', 'kustomize'] as const;
export type Engine = (typeof ENGINES)[number];

/** What is compared, and where. */
export interface Place {
  readonly cluster: Cluster;
  readonly engine: Engine;
  readonly latency: number;
  /** Holds the chart, and an overlay of the same objects. */
  readonly workspace: string;
}

/** One upgrade; the number tells runs apart, and programs are looked for in the path. */
export type Run = (number: number, path?: string) => Promise<Cost>;

const kubectl = () => program('kubernetes', 'kubectl');
const helm = (engine: Engine) => (engine === 'helm 3' ? program('helm3', 'helm') : program('helm4', 'helm'));

/** The example's chart, and as an overlay what it renders. */
export async function prepareWorkspace(workspace: string): Promise<void> {
  const [chart, overlay] = [join(workspace, 'chart'), join(workspace, 'overlay')];
  await cp(join(root, 'examples/shop/chart'), chart, { recursive: true });
  await mkdir(overlay);
  const { stdout } = await runProgram(helm('helm 4'), ['template', 'web', chart, '--set', VALUES], {
    cwd: workspace,
    env: {},
  });
  await writeFile(join(overlay, 'web.yaml'), stdout);
  await writeFile(join(overlay, 'kustomization.yaml'), 'resources: [web.yaml]\n');
}

/** Each in a home of its own, as on a new runner: nothing is cached. */
export function bare({ cluster, engine, workspace }: Place, namespace: string): Run {
  return async () => {
    await using home = await temporaryDirectory();
    const kubeconfig = join(home.path, 'kubeconfig');
    await writeFile(kubeconfig, cluster.deployerKubeconfig);
    const env = { ...cluster.env, HOME: home.path, KUBECONFIG: kubeconfig };
    const run = (path: string, ...args: readonly string[]) =>
      runProgram(path, [...args, '--namespace', namespace], { cwd: workspace, env });
    return await cost(async () => {
      if (engine === 'kustomize') {
        await run(kubectl(), 'apply', '--server-side', '-k', 'overlay');
        await run(kubectl(), 'rollout', 'status', 'deployment/web');
        return;
      }
      await run(helm(engine), 'upgrade', '--install', 'pr-1', 'chart', '--wait', '--set-string', VALUES);
    });
  };
}

/** The bundle, in a workflow of a pull request. */
export async function deployPreview(
  { cluster, engine, workspace }: Place,
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
    namespace,
    ...(engine === 'kustomize' ? { engine, overlay: 'overlay' } : { chart: 'chart' }),
  };
  const programs = enginePath([engine === 'helm 3' ? 'helm3' : 'helm4', 'kubernetes']);
  return (number, path = programs) =>
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
  { engine, workspace }: Place,
  run: (path: string) => Promise<unknown>,
): Promise<string> {
  const folder = await mkdtemp(join(workspace, 'programs-'));
  const log = join(folder, 'log');
  await writeFile(log, '');
  for (const [name, path] of [
    ['helm', helm(engine)],
    ['kubectl', kubectl()],
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
