import {
  type ActionRun,
  type Cluster,
  enginePath,
  type GitHub,
  type Repository,
  runAction,
  startCluster,
  startGitHub,
} from '@gitops-actions/testkit';
import { afterAll, beforeAll } from '@jest/globals';
import { createRolloutEngine } from '../../actions/verify-deployment/src/rollout-engine.ts';
import { createWorkloadEngine } from '../../actions/verify-deployment/src/workload-engine.ts';
import { listen, type Running } from './listen.ts';
import { describeOn } from './suite.ts';
import { NAMESPACE, type Request, type Verified, verify } from './verify-workload-run.ts';

export { NAMESPACE };

export interface VerifyScene {
  cluster(): Cluster;
  workload(request: Request): Promise<Verified>;
  rollout(request: Request): Promise<Verified>;
  /** Runs the committed bundle as a runner does, as the deployer. */
  run(inputs: Readonly<Record<string, string>>): Promise<ActionRun>;
  /** The same, and gives it back while it runs. */
  start(inputs: Readonly<Record<string, string>>): Running;
  /** Where the workflow runs; private. */
  repository(): Repository;
}

/** A cluster whose user `deployer` may read what the documentation says, and no more. `more` runs once it is up. */
export function describeVerification(
  title: string,
  engines: readonly string[],
  body: (scene: VerifyScene) => void,
  more: (cluster: Cluster) => Promise<void> = async () => {},
): void {
  describeOn(['kubernetes', 'kwok', ...engines], title, () => {
    let cluster: Cluster;
    let github: GitHub;
    let repository: Repository;
    beforeAll(async () => {
      github = await startGitHub();
      repository = await github.createRepository('acme/shop', { private: true });
      cluster = await startCluster();
      await cluster.createNamespace(NAMESPACE);
      await cluster.grant(NAMESPACE, 'view');
      await more(cluster);
    }, 120_000);
    afterAll(async () => {
      await cluster?.close();
      await github?.close();
    });
    const run = (inputs: Readonly<Record<string, string>>, onStdout?: (piece: string) => void) =>
      runAction('verify-deployment', {
        github,
        repository,
        inputs: { kubeconfig: cluster.deployerKubeconfig, namespace: NAMESPACE, timeout: '30s', ...inputs },
        env: { PATH: enginePath(['kubernetes']) },
        timeout: 120_000,
        ...(onStdout && { onStdout }),
      });
    body({
      cluster: () => cluster,
      workload: (request) =>
        verify(cluster, request, (options) =>
          createWorkloadEngine(options, { now: Date.now, ...stuckForOf(request) }),
        ),
      rollout: (request) => verify(cluster, request, createRolloutEngine),
      run: (inputs) => run(inputs),
      start: (inputs) => listen((onStdout) => run(inputs, onStdout)),
      repository: () => repository,
    });
  });
}

const stuckForOf = ({ stuckFor }: Request) => (stuckFor === undefined ? {} : { stuckFor });
