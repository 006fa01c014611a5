import { setTimeout as sleep } from 'node:timers/promises';
import { ConfigurationError, formatDuration, type Log, messageOf } from '../action/index.ts';
import { type CurrentCommits, currentCommits, type Descends, type Judgement } from '../controller/index.ts';
import { plainLine } from '../kubernetes/index.ts';
import type { Controller, Reconciliation } from './controller.ts';
import type { PreviewSpec } from './engine.ts';

/** How a controller is waited for. */
export interface ControllerWait {
  readonly controller: Controller;
  readonly descends: Descends;
  /** Milliseconds. */
  readonly timeout: number;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/** How the wait ended; texts are outside text. */
export type Readiness =
  | { readonly kind: 'ready' }
  | { readonly kind: 'failed'; readonly message: string; readonly last: Reconciliation | undefined };

const PAUSE = 1000;
/** How often it is asked to look into the repository. */
const NUDGE = 5000;
/** How often in a row something that may pass is seen before it counts. */
const SURE = 3;

/**
 * Refuses what could never become ready, before anything is written. One that is not there yet may come with the files.
 *
 * @throws ConfigurationError when what is there brings other files into the cluster, or its word says nothing
 */
export async function refuseUnfit(
  controller: Controller,
  preview: PreviewSpec,
  folder: string,
  signal: AbortSignal,
): Promise<void> {
  const found = await controller.read(preview, folder, signal);
  if (found?.problem === undefined) return;
  throw new ConfigurationError(`The ${found.where} ${found.problem}; nothing was written. ${CURE}`);
}

const CURE = 'Look at it, and at the inputs "application" and "controller-namespace".';

/** Waits until the controller says that a commit, or one after it, runs. Never longer than the timeout, and one look. */
export async function untilReady(
  wait: ControllerWait,
  preview: PreviewSpec,
  folder: string,
  commit: string,
): Promise<Readiness> {
  const { timeout, signal, log } = wait;
  const end = Date.now() + timeout;
  const commits = currentCommits(wait.descends, commit);
  const seen = { kind: '', times: 0 };
  for (let nudged = 0; ; await sleep(PAUSE, undefined, { signal })) {
    if (Date.now() - nudged >= NUDGE && !commits.isReached) {
      await wait.controller.nudge(preview, folder, signal);
      nudged = Date.now();
    }
    const last = await wait.controller.read(preview, folder, signal);
    const judgement = await judge(last, commits, wait, preview);
    seen.times = judgement.kind === seen.kind ? seen.times + 1 : 1;
    seen.kind = judgement.kind;
    const isSettled = seen.times >= SURE;
    if (judgement.kind === 'healthy' && (judgement.isSure || isSettled)) return { kind: 'ready' };
    if (judgement.kind === 'broken' && (judgement.isFinal || isSettled))
      return {
        kind: 'failed',
        message: `The ${wait.controller.whereOf(preview)}: ${plainLine(judgement.what)}`,
        last,
      };
    if (seen.times === 1 && judgement.kind === 'waiting')
      log.info(`${wait.controller.whereOf(preview)}: ${plainLine(judgement.what)}.`);
    if (Date.now() > end) return { kind: 'failed', message: tooLate(wait, preview, judgement), last };
  }
}

async function judge(
  last: Reconciliation | undefined,
  commits: CurrentCommits,
  { log }: ControllerWait,
  { name }: PreviewSpec,
): Promise<Judgement> {
  if (last === undefined) return { kind: 'waiting', what: 'it is not there yet' };
  if (last.problem !== undefined)
    return { kind: 'broken', what: `it ${last.problem}. ${CURE}`, isFinal: true };
  await commits.learn(last.revisions).catch((error: unknown) => {
    log.info(`Whether the cluster has the commit of ${name} is not known yet: ${messageOf(error)}`);
  });
  return last.judge(commits.isCurrent);
}

function tooLate(
  { controller, timeout }: ControllerWait,
  preview: PreviewSpec,
  judgement: Judgement,
): string {
  const what = judgement.kind === 'healthy' ? 'healthy, but only just' : plainLine(judgement.what);
  const hint = what === 'it is not there yet' ? `. ${CURE}` : '';
  return `The ${controller.whereOf(preview)} was not ready after ${formatDuration(timeout)}: ${what}${hint}`;
}
