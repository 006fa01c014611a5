import { rollout } from './readiness-rollout.ts';
import { all, failed, READY, type Readiness, UNSEEN, waiting } from './readiness-states.ts';
import { conditionOf, type Live, told } from './status.ts';

/** Rules of the kinds whose conditions do not say it all. https://kubernetes.io/docs/concepts/workloads/controllers/ */
export const RULES: Readonly<Record<string, (live: Live) => Readiness>> = {
  'apps/Deployment': deployment,
  'apps/StatefulSet': statefulSet,
  'apps/DaemonSet': daemonSet,
  'apps/ReplicaSet': replicaSet,
  '/ReplicationController': replicaSet,
  'batch/Job': job,
  '/Pod': pod,
  'argoproj.io/Rollout': rollout,
  'serving.knative.dev/Service': knative,
};

function enough(have: number | undefined, want: number, what: string): Readiness {
  return (have ?? 0) >= want ? READY : waiting(`has ${have ?? 0} of ${want} replicas ${what}`);
}

function deployment({ spec: { replicas = 1, paused = false }, status }: Live): Readiness {
  const progressing = conditionOf(status, 'Progressing');
  if (progressing?.reason === 'ProgressDeadlineExceeded')
    return failed(`does not get on (${told(progressing)})`);
  if (status.observedGeneration === undefined) return UNSEEN;
  const old = (status.replicas ?? 0) - (status.updatedReplicas ?? 0);
  return all(
    enough(status.updatedReplicas, replicas, paused ? 'updated, for it is paused' : 'updated'),
    old > 0 ? waiting(`still has ${old} old replicas`) : READY,
    enough(status.availableReplicas, replicas, 'available'),
  );
}

function statefulSet({ spec: { replicas = 1, updateStrategy = {} }, status }: Live): Readiness {
  if (status.observedGeneration === undefined) return UNSEEN;
  const partition = updateStrategy.rollingUpdate?.partition ?? 0;
  const isUpdated = status.currentRevision === status.updateRevision;
  const want = isUpdated ? 0 : Math.max(0, replicas - partition);
  return all(
    enough(status.readyReplicas, replicas, 'ready'),
    // Absent from clusters older than 1.22; later than ready where there are minReadySeconds.
    enough(status.availableReplicas ?? replicas, replicas, 'available'),
    enough(status.updatedReplicas, want, byHand(updateStrategy)),
  );
}

/** Whoever chose to delete the old pods by hand must know that they are waited for. */
function byHand({ type }: NonNullable<Live['spec']['updateStrategy']>): string {
  return type === 'OnDelete' ? 'updated, which its updateStrategy OnDelete leaves to you' : 'updated';
}

function daemonSet({ spec: { updateStrategy = {} }, status }: Live): Readiness {
  if (status.observedGeneration === undefined) return UNSEEN;
  const { desiredNumberScheduled = 0, updatedNumberScheduled, numberAvailable } = status;
  return all(
    enough(updatedNumberScheduled, desiredNumberScheduled, byHand(updateStrategy)),
    enough(numberAvailable, desiredNumberScheduled, 'available'),
  );
}

function replicaSet({ spec: { replicas = 1 }, status }: Live): Readiness {
  return enough(status.availableReplicas, replicas, 'available');
}

function job({ spec: { suspend = false }, status }: Live): Readiness {
  const broken = conditionOf(status, 'Failed');
  if (broken?.status === 'True') return failed(`failed (${told(broken)})`);
  const isDone = conditionOf(status, 'Complete')?.status === 'True';
  return isDone || suspend ? READY : waiting('is not complete');
}

function pod({ status }: Live): Readiness {
  if (status.phase === 'Failed') return failed('failed');
  const isReady = status.phase === 'Succeeded' || conditionOf(status, 'Ready')?.status === 'True';
  return isReady ? READY : waiting('is not ready');
}

/** Ready says nothing of pods: without requests there are none. */
function knative({ status }: Live): Readiness {
  const ready = conditionOf(status, 'Ready');
  if (ready?.status === 'True') return READY;
  return ready ? waiting(`is not ready (${told(ready)})`) : UNSEEN;
}

/** What kinds of all sorts have in common. https://github.com/kubernetes/community/blob/master/contributors/devel/sig-architecture/api-conventions.md#typical-status-properties */
export function byCondition({ status }: Live): Readiness {
  const condition = conditionOf(status, 'Ready') ?? conditionOf(status, 'Available');
  if (condition === undefined || condition.status === 'True') return READY;
  return waiting(`is not ready (${told(condition)})`);
}
