import { runAction, startGitHub } from '@gitops-actions/testkit';

const FILE = 'apps/kustomization.yaml';

/** How many bundles at once: all on one file, each its own image. Milliseconds are added to each request. */
export async function contention(jobs = 32, latency = 60): Promise<void> {
  const entries = Array.from({ length: jobs }, (_, job) => `  - name: acme/app${job}\n    newTag: v1\n`);
  await using github = await startGitHub({ latency });
  const shop = await github.createRepository('acme/shop');
  const gitops = await github.createRepository('acme/gitops', {
    files: { [FILE]: `images:\n${entries.join('')}` },
  });
  const started = performance.now();
  const runs = await Promise.all(
    Array.from({ length: jobs }, (_, job) =>
      runAction('update-manifest', {
        github,
        repository: shop,
        inputs: {
          repository: 'acme/gitops',
          'gitops-token': github.token,
          path: FILE,
          images: `acme/app${job}:v2`,
        },
        timeout: 600_000,
      }),
    ),
  );
  const seconds = (performance.now() - started) / 1000;
  const text = await gitops.read('main', FILE);
  const requests = runs.map((run) => run.requests.length);
  const landed = runs.filter(({ outputs }) => outputs.result === 'committed').length;
  const present = text.match(/newTag: v2/g)?.length ?? 0;
  console.log(
    `${jobs} jobs at ${latency} ms: ${landed} landed, ${landed - present} lost, ${seconds.toFixed(1)} s, requests ${sum(requests)} (${(sum(requests) / jobs).toFixed(1)} a job, at most ${Math.max(...requests)})`,
  );
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
