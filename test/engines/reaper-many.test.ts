import { chmod, readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { formatRecord, type PreviewRecord } from '@gitops-actions/core/preview';
import {
  type Cluster,
  enginePath,
  type GitHub,
  program,
  type Repository,
  runAction,
  startCluster,
  startGitHub,
  temporaryDirectory,
} from '@gitops-actions/testkit';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { preview } from './helm-stage.ts';
import { describeOn } from './suite.ts';

const PREFIX = 'previews.gitops-actions';
const MANY = 500;

/** The record that the engine helm leaves of a preview. */
function configMap(record: PreviewRecord): object {
  const labels = {
    'app.kubernetes.io/managed-by': 'gitops-actions',
    [`${PREFIX}/record`]: 'helm',
    [`${PREFIX}/repository-id`]: String(record.repositoryId),
    [`${PREFIX}/server`]: record.server.replace(':', '_'),
  };
  const metadata = { name: `preview-${record.name}`, namespace: record.namespace, labels };
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { 'preview.yaml': formatRecord(record) } };
}

describeOn(['kubernetes'], 'a clean-up of many previews', () => {
  let github: GitHub;
  let shop: Repository;
  let cluster: Cluster;
  beforeAll(async () => {
    github = await startGitHub();
    shop = await github.createRepository('acme/shop');
    cluster = await startCluster();
    await cluster.createNamespace('previews');
    await cluster.grant('previews');
  }, 60_000);
  afterAll(async () => {
    await cluster?.close();
    await github?.close();
  });

  test('500 previews: one call of kubectl and five requests to decide', async () => {
    await shop.openPullRequest({ head: 'feature', files: { 'app.txt': 'one' } });
    const server = new URL(github.url).host;
    const now = Math.floor(Date.now() / 1000);
    const previews = Array.from({ length: MANY }, (_, index) =>
      preview({
        name: `pr-${index + 1}`,
        pullRequest: index + 1,
        repositoryId: shop.id,
        server,
        expires: now + 7 * 86_400,
      }),
    );
    await cluster.apply(...previews.map(configMap));
    await using folder = await temporaryDirectory();
    const log = join(folder.path, 'log');
    const script = `#!/bin/sh\necho "$@" >> "${log}"\nexec "${program('kubernetes', 'kubectl')}" "$@"\n`;
    await writeFile(join(folder.path, 'kubectl'), script);
    await chmod(join(folder.path, 'kubectl'), 0o755);
    const run = await runAction('cleanup-previews', {
      github,
      repository: shop,
      event: { name: 'schedule', payload: github.event('schedule', { repository: shop }) },
      inputs: { engine: 'helm', kubeconfig: cluster.deployerKubeconfig },
      env: { PATH: [folder.path, enginePath(['kubernetes'])].join(delimiter) },
    });
    expect(JSON.parse(run.outputs.kept ?? '')).toHaveLength(1);
    expect(JSON.parse(run.outputs.failed ?? '')).toHaveLength(MANY - 1);
    expect(JSON.parse(run.outputs.removed ?? '')).toEqual([]);
    expect((await readFile(log, 'utf8')).trim().split('\n')).toHaveLength(1);
    expect(run.requests.map(({ route }) => route)).toEqual(Array(5).fill('graphql PullRequestStates'));
  }, 120_000);
});
