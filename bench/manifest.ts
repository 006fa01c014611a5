import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import {
  type GitHub,
  type Repository,
  runAction,
  startGitHub,
  temporaryDirectory,
} from '@gitops-actions/testkit';
import { parse } from 'yaml';

const FILE = 'apps/kustomization.yaml';
const LATENCY = 60;
const JOBS = 32;

interface Rival {
  readonly name: string;
  /** Writes `newTag: v2` for one image; whether its process says that it worked. */
  readonly write: (stage: Stage, job: number) => Promise<boolean>;
}

interface Stage {
  readonly github: GitHub;
  readonly shop: Repository;
  readonly gitops: Repository;
  readonly directory: string;
}

/** update-manifest beside what people do today: one job alone, then 32 at once on one file. */
export async function manifest(): Promise<void> {
  console.log(`one file, ${LATENCY} ms added to each request, of git too\n`);
  console.log(
    'how                     | jobs | green | landed | lost | other lines changed | requests | seconds',
  );
  console.log(
    '----------------------- | ---- | ----- | ------ | ---- | ------------------- | -------- | -------',
  );
  for (const rival of rivals()) for (const jobs of [1, JOBS]) await measure(rival, jobs);
}

function rivals(): readonly Rival[] {
  const shell = (name: string, kind: string): Rival => ({
    name,
    write: (stage, job) => cloneAndEdit(stage, job, kind),
  });
  const own: Rival = { name: 'update-manifest', write: ours };
  const naive: Rival = { name: 'hand-made compare-swap', write: naiveSwap };
  const found = [own, naive, shell('clone + sed', 'sed')];
  if (isThere('kustomize')) return [...found, shell('clone + kustomize edit', 'kustomize')];
  console.log('kustomize is not on the PATH: its row is left out.\n');
  return found;
}

async function measure({ name, write }: Rival, jobs: number): Promise<void> {
  const text = `# every line counts\nimages:\n${Array.from({ length: JOBS }, (_, job) => `  - name: acme/app${job}\n    newTag: v1   # ${job}\n`).join('')}`;
  await using github = await startGitHub({ latency: LATENCY });
  await using directory = await temporaryDirectory();
  const shop = await github.createRepository('acme/shop');
  const gitops = await github.createRepository('acme/gitops', { files: { [FILE]: text } });
  const stage = { github, shop, gitops, directory: directory.path };
  const started = performance.now();
  const green = await Promise.all(Array.from({ length: jobs }, (_, job) => write(stage, job)));
  const seconds = (performance.now() - started) / 1000;
  const after = await gitops.read('main', FILE);
  const numbers = Array.from({ length: jobs }, (_, job) => job);
  const { images } = parse(after) as { images: { name: string; newTag: string }[] };
  const landed = numbers.filter((job) =>
    images.some(({ name: image, newTag }) => image === `acme/app${job}` && newTag === 'v2'),
  ).length;
  const said = green.filter(Boolean).length;
  // Every line beside the tags, its comment included, should still be there.
  const kept = new Set(after.split('\n'));
  const tagComments = numbers.filter((job) => !new RegExp(`newTag: \\S+   # ${job}\\n`).test(after)).length;
  const others =
    text.split('\n').filter((line) => !line.includes('newTag') && !kept.has(line)).length + tagComments;
  const requests = github.requests().length + github.gitRequests().length;
  const cells = [
    name.padEnd(23),
    String(jobs).padStart(4),
    String(said).padStart(5),
    String(landed).padStart(6),
    String(said - landed).padStart(4),
    String(others).padStart(19),
    String(requests).padStart(8),
    seconds.toFixed(1).padStart(7),
  ];
  console.log(cells.join(' | '));
  github.clearProblems();
}

async function ours({ github, shop }: Stage, job: number): Promise<boolean> {
  const inputs = {
    repository: 'acme/gitops',
    'gitops-token': github.token,
    path: FILE,
    images: `acme/app${job}:v2`,
  };
  const run = await runAction('update-manifest', { github, repository: shop, inputs, timeout: 600_000 });
  return run.exitCode === 0;
}

function cloneAndEdit({ github, gitops, directory }: Stage, job: number, kind: string): Promise<boolean> {
  const basic = Buffer.from(`x-access-token:${github.token}`).toString('base64');
  return finished('sh', [join(import.meta.dirname, 'rivals', 'clone-and-edit.sh')], {
    URL: gitops.cloneUrl,
    FILE,
    NAME: `acme/app${job}`,
    TAG: 'v2',
    EDITOR_KIND: kind,
    WORK: join(directory, String(job)),
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'http.extraHeader',
    GIT_CONFIG_VALUE_0: `Authorization: Basic ${basic}`,
  });
}

function naiveSwap({ github }: Stage, job: number): Promise<boolean> {
  const env = {
    GRAPHQL: github.graphqlUrl,
    REPOSITORY: 'acme/gitops',
    FILE,
    NAME: `acme/app${job}`,
    TAG: 'v2',
    TOKEN: github.token,
  };
  return finished(process.execPath, [join(import.meta.dirname, 'rivals', 'naive-swap.ts')], env);
}

async function finished(
  command: string,
  args: readonly string[],
  env: Record<string, string>,
): Promise<boolean> {
  const child = spawn(command, args, {
    env: { PATH: process.env.PATH ?? '', HOME: '/nonexistent', ...env },
    stdio: 'ignore',
  });
  const [code] = await once(child, 'close');
  return code === 0;
}

function isThere(command: string): boolean {
  try {
    execFileSync(command, ['version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
