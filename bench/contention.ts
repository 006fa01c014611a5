import {
  type ActionRun,
  type GitHub,
  type Repository,
  runAction,
  startGitHub,
} from '@gitops-actions/testkit';

const FILE = 'apps/kustomization.yaml';
const LATENCY = 60;

interface Round {
  readonly name: string;
  readonly jobs: number;
  readonly transport: 'api' | 'git';
  /** Every job its own file; otherwise all write one. */
  readonly ownFiles?: boolean;
  /** GitHub's limit on content writes. */
  readonly perMinute?: number;
}

export const ROUNDS: readonly Round[] = [
  { name: 'one file', jobs: 32, transport: 'api' },
  { name: 'own files', jobs: 32, transport: 'api', ownFiles: true },
  { name: 'one file', jobs: 32, transport: 'git' },
  { name: 'own files', jobs: 32, transport: 'git', ownFiles: true },
  { name: 'one file, 80 writes a minute', jobs: 32, transport: 'api', perMinute: 80 },
  { name: 'one file', jobs: 128, transport: 'api' },
];

/** Bundles that start at once on one branch, each with an image of its own; 60 ms are added to each request, of git too. */
export async function contention(): Promise<void> {
  console.log(
    'jobs | transport | what                         | landed | lost | requests a job | most | seconds',
  );
  console.log(
    '---- | --------- | ---------------------------- | ------ | ---- | -------------- | ---- | -------',
  );
  for (const round of ROUNDS) await measure(round);
}

export async function measure(round: Round): Promise<void> {
  await using github = await startGitHub({ latency: LATENCY });
  const shop = await github.createRepository('acme/shop');
  const gitops = await github.createRepository('acme/gitops', { files: filesOf(round) });
  if (round.perMinute !== undefined) github.limitContentWrites({ perMinute: round.perMinute });
  const started = performance.now();
  const runs = await Promise.all(
    Array.from({ length: round.jobs }, (_, job) => write(github, shop, round, job)),
  );
  const seconds = (performance.now() - started) / 1000;
  const texts = await Promise.all(Object.keys(filesOf(round)).map((path) => gitops.read('main', path)));
  const present = texts.join('').match(/newTag: v2/g)?.length ?? 0;
  const landed = runs.filter(({ outputs }) => outputs.result === 'committed').length;
  const requests =
    round.transport === 'api' ? runs.map((run) => run.requests.length) : [github.gitRequests().length];
  const cells = [
    String(round.jobs).padStart(4),
    round.transport.padEnd(9),
    round.name.padEnd(28),
    String(landed).padStart(6),
    String(landed - present).padStart(4),
    (requests.reduce((total, count) => total + count, 0) / round.jobs).toFixed(1).padStart(14),
    (round.transport === 'api' ? String(Math.max(...requests)) : '').padStart(4),
    seconds.toFixed(1).padStart(7),
  ];
  console.log(cells.join(' | '));
}

function filesOf({ jobs, ownFiles }: Round): Record<string, string> {
  const entry = (job: number) => `  - name: acme/app${job}\n    newTag: v1\n`;
  const numbers = Array.from({ length: jobs }, (_, job) => job);
  if (!ownFiles) return { [FILE]: `images:\n${numbers.map(entry).join('')}` };
  return Object.fromEntries(numbers.map((job) => [`apps/${job}.yaml`, `images:\n${entry(job)}`]));
}

function write(github: GitHub, repository: Repository, round: Round, job: number): Promise<ActionRun> {
  const inputs = {
    repository: 'acme/gitops',
    'gitops-token': github.token,
    path: round.ownFiles ? `apps/${job}.yaml` : FILE,
    images: `acme/app${job}:v2`,
    transport: round.transport,
    deadline: '10m',
  };
  return runAction('update-manifest', { github, repository, inputs, timeout: 900_000 });
}
