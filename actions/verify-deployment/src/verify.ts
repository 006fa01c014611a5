import { type ActionContext, messageOf } from '@gitops-actions/core/action';
import { spawnExec } from '@gitops-actions/core/exec';
import { ClusterError, openCluster, withProxy } from '@gitops-actions/core/kubernetes';
import type { VerificationEngine } from './engine.ts';
import type { Finding } from './finding.ts';
import type { Inputs } from './inputs.ts';
import { openEngine } from './open-engine.ts';
import type { Outcome } from './outcome.ts';
import { judgeSmoke, runSmokeTests, smokeReasons } from './smoke-tests.ts';
import { waitForVerdict } from './wait.ts';

/** How long the cluster may take to say why; milliseconds. */
const REASONS = 20_000;

/** Waits for the cluster's verdict, then asks the URLs. */
export async function verify(inputs: Inputs, context: ActionContext): Promise<Outcome> {
  const { run, environment, log, signal } = context;
  const { kubeconfig, timeout } = inputs;
  const reached = await openCluster({ kubeconfig, environment, temp: run.temp, exec: spawnExec });
  await using cluster = withProxy(reached, signal);
  await using opened = await openEngine(inputs, cluster, context);
  const { engine } = opened;
  const finding = await waitForVerdict(engine, { timeout, signal, log, now: () => performance.now() });
  if (finding.verdict === 'healthy') return smokeTested(finding, inputs, context);
  // What the newer release's pods say is no reason of this one.
  if (finding.superseded) return { ...finding, reasons: [], smoke: [] };
  return { ...finding, reasons: await reasonsOf(engine, finding, context), smoke: [] };
}

async function smokeTested(
  finding: Finding,
  inputs: Inputs,
  { log, signal }: ActionContext,
): Promise<Outcome> {
  const { smokeTests, smokeTimeout: timeout } = inputs;
  const smoke = await runSmokeTests(smokeTests, { timeout, signal, log });
  return { ...finding, ...judgeSmoke(smoke), reasons: smokeReasons(smoke), smoke };
}

/** What cannot be found out must not hide the verdict. */
async function reasonsOf(
  engine: VerificationEngine,
  { subjects }: Finding,
  { signal, log }: ActionContext,
): Promise<readonly string[]> {
  const unhealthy = subjects.filter(({ judgement }) => judgement.kind !== 'healthy');
  if (unhealthy.length === 0) return [];
  const within = AbortSignal.any([signal, AbortSignal.timeout(REASONS)]);
  return engine.reasons(unhealthy, within).catch((error: unknown) => {
    signal.throwIfAborted();
    if (!(error instanceof ClusterError) && !within.aborted) throw error;
    log.debug(messageOf(error));
    return [];
  });
}
