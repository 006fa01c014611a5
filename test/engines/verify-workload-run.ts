import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { spawnExec } from '@gitops-actions/core/exec';
import { type ImageReference, parseImageReference } from '@gitops-actions/core/image';
import { type OpenCluster, openCluster } from '@gitops-actions/core/kubernetes';
import { type Cluster, enginePath } from '@gitops-actions/testkit';
import type {
  EngineOptions,
  Selection,
  VerificationEngine,
} from '../../actions/verify-deployment/src/engine.ts';
import { waitForVerdict } from '../../actions/verify-deployment/src/wait.ts';
import { never } from './helm-stage.ts';

/** Of everything that is verified here. */
export const NAMESPACE = 'shop';

/** What is verified, and how patiently. */
export interface Request {
  /** As the action hands them on: `deployment/web`; or a label selector. */
  readonly application: Selection | string;
  readonly images: readonly string[];
  /** Milliseconds; default 20,000. */
  readonly timeout?: number;
  /** Milliseconds. */
  readonly stuckFor?: number;
  readonly asAdmin?: boolean;
}

export interface Verified {
  readonly verdict: string;
  readonly message: string;
  /** From the cluster, one block an entry. */
  readonly reasons: readonly string[];
  /** What was said while it was waited for. */
  readonly said: readonly string[];
  /** What the subjects were at the end. */
  readonly states: readonly string[];
}

/** Waits for the verdict of an engine on a real cluster, as the action does. */
export async function verify(
  cluster: Cluster,
  request: Request,
  create: (options: EngineOptions) => VerificationEngine,
): Promise<Verified> {
  const said: string[] = [];
  const say = (line: string) => {
    said.push(line);
  };
  const log = { info: say, debug() {}, notice: say, warning: say };
  await using core = await connect(cluster, request.asAdmin ?? false);
  const { application } = request;
  const selection: Selection =
    typeof application === 'string' ? { kind: 'names', names: [application] } : application;
  const images = request.images.map(readImage);
  const engine = create({ cluster: core, selection, namespace: NAMESPACE, images, logLines: 0, log });
  const timeout = request.timeout ?? 20_000;
  const finding = await waitForVerdict(engine, { timeout, signal: never, log, now: Date.now });
  const { verdict, message, subjects } = finding;
  const bad = subjects.filter(({ judgement }) => judgement.kind !== 'healthy');
  const reasons = verdict === 'healthy' ? [] : await engine.reasons(bad, never);
  return {
    verdict,
    message,
    reasons,
    said,
    states: subjects.map(({ where, state }) => `${where}: ${state}`),
  };
}

async function connect(cluster: Cluster, asAdmin: boolean): Promise<OpenCluster> {
  const temp = await mkdtemp(join(cluster.folder, 'job-'));
  return openCluster({
    kubeconfig: asAdmin ? cluster.kubeconfig : cluster.deployerKubeconfig,
    environment: { PATH: enginePath(['kubernetes']), HOME: temp },
    temp,
    exec: spawnExec,
  });
}

function readImage(text: string): ImageReference {
  const reference = parseImageReference(text);
  if (reference === undefined) throw new Error(`${text} is no image reference.`);
  return reference;
}
