import { failed, READY, type Readiness, UNSEEN, waiting } from './readiness-states.ts';
import type { CanaryStep, Live } from './status.ts';

/** What the controller last saw of the object that a Rollout takes its template from. */
const WORKLOAD_GENERATION = 'rollout.argoproj.io/workload-generation';

/**
 * As the controller itself judges what it has written, and no longer ready when the stable pods are not those of the spec.
 * https://github.com/argoproj/argo-rollouts/blob/v1.9.2/utils/rollout/rolloututil.go
 */
export function rollout(live: Live): Readiness {
  const { phase, abort = false, message = '', stableRS, currentPodHash } = live.status;
  if (phase === undefined || isBehind(live)) return UNSEEN;
  if (phase === 'Degraded') return failed(`is Degraded${message && ` (${message})`}`);
  if (abort) return waiting('is about to be aborted');
  if (isUnpausing(live)) return waiting('is about to go on after a pause');
  if (phase === 'Paused') return waiting(`${pausedBy(live)}${stepOf(live)}`);
  if (phase !== 'Healthy') return waiting(`is ${phase}${message && ` (${message})`}${stepOf(live)}`);
  return stableRS === currentPodHash ? READY : waiting('has not made its new pods the stable ones yet');
}

/** A change of the object that it refers to does not change its own generation. */
function isBehind({ metadata, status: { workloadObservedGeneration } }: Live): boolean {
  const generation = metadata.annotations?.[WORKLOAD_GENERATION];
  return (
    generation !== undefined &&
    workloadObservedGeneration !== undefined &&
    generation !== workloadObservedGeneration
  );
}

/** Somebody has promoted it, and the controller has not looked yet. */
function isUnpausing({ status: { controllerPause = false, pauseConditions = [] } }: Live): boolean {
  return controllerPause && pauseConditions.length === 0;
}

function pausedBy({ metadata: { name, namespace = 'default' }, spec, status }: Live): string {
  const plugin = (verb: string) => `kubectl argo rollouts ${verb} ${name} --namespace ${namespace}`;
  if (spec.paused) return `is paused by "paused" in its spec, which its manifest must take back`;
  const reason = status.pauseConditions?.[0]?.reason ?? status.message ?? 'no reason given';
  const duration = currentStep({ spec, status })?.pause?.duration;
  if (reason === 'CanaryPauseStep' && duration !== undefined)
    return `is paused for ${duration}${typeof duration === 'number' ? 's' : ''}`;
  if (/^Inconclusive/.test(reason))
    return `is paused (${reason}) until somebody decides: ${plugin('promote')}, or abort in its place`;
  const seconds = spec.strategy?.blueGreen?.autoPromotionSeconds;
  if (reason === 'BlueGreenPause' && seconds !== undefined) return `is paused (${reason}) for ${seconds}s`;
  return `is paused (${reason}) until somebody promotes it: ${plugin('promote')}`;
}

/** For people: `, step 2 of 5, weight 20`; empty where there are no steps. */
function stepOf({ spec, status }: Pick<Live, 'spec' | 'status'>): string {
  const steps = spec.strategy?.canary?.steps ?? [];
  const { currentStepIndex: index } = status;
  if (index === undefined || steps.length === 0) return '';
  const passed = steps.slice(0, index + 1).findLast(({ setWeight }) => setWeight !== undefined);
  const weight = status.canary?.weights?.canary?.weight ?? passed?.setWeight ?? 0;
  // The index is one past the last step when all are done.
  return `, step ${Math.min(index + 1, steps.length)} of ${steps.length}, weight ${weight}`;
}

function currentStep({ spec, status }: Pick<Live, 'spec' | 'status'>): CanaryStep | undefined {
  return spec.strategy?.canary?.steps?.[status.currentStepIndex ?? -1];
}
