import { messageOf } from '@gitops-actions/core/action';
import { currentCommits, GIT_REPOSITORIES, KUSTOMIZATIONS } from '@gitops-actions/core/controller';
import { type Changes, type KubernetesObject, watchChanges } from '@gitops-actions/core/kubernetes';
import { carriedByKustomization } from './carried.ts';
import type { ControlledOptions } from './controlled.ts';
import type { VerificationEngine } from './engine.ts';
import { carrierOf, type FluxPart, fluxWhere, HELM_RELEASES } from './flux-kinds.ts';
import { bringsWorkload, imagesOf, judgeLive, liveWorkloads, waitsForHealth } from './flux-live.ts';
import { missingPart, readParts, watchedPaths } from './flux-read.ts';
import { explainParts } from './flux-reasons.ts';
import { fluxRequests } from './flux-requests.ts';
import { readSources } from './flux-sources.ts';
import {
  commitsIn,
  type FluxState,
  fluxSubject,
  isAlive,
  isBehind,
  isCarried,
  isIdle,
} from './flux-state.ts';
import { withReplaced } from './replaced-part.ts';
import { judgeTogether, type Part } from './together.ts';

/** Kustomizations and HelmReleases of Flux. */
export function createFluxEngine(options: ControlledOptions): VerificationEngine {
  const { cluster, log, now, namespace, images } = options;
  const seen = new Set<string>();
  let parts: readonly FluxPart[] = [];
  let state: FluxState = {
    namespace,
    commits: currentCommits(options.descends, options.commit, now),
    requests: fluxRequests(cluster, log, now),
    sources: [],
    moved: new Set(),
    doubt: '',
  };
  let changes: Changes | undefined;

  const meetAll = async (signal: AbortSignal) => {
    for (const part of parts) {
      if (part.object !== undefined) seen.add(fluxWhere(part));
      else if (!seen.has(fluxWhere(part))) throw await missingPart(options, part, signal);
    }
  };
  const learn = async (signal: AbortSignal): Promise<string> => {
    try {
      await state.commits.learn(commitsIn(parts));
      return '';
    } catch (error) {
      signal.throwIfAborted();
      return `, and whether that has the commit is not known (${messageOf(error)})`;
    }
  };
  return {
    look: async (signal) => {
      parts = await readParts(options, signal);
      await meetAll(signal);
      const doubt = await learn(signal);
      const behind = parts.flatMap((part) => carrierOf(part) ?? []).filter((one) => isBehind(one, state));
      const left = doubt === '' ? parts.filter((part) => isLeftBehind(part, state)).map(fluxWhere) : [];
      const moved = new Set([...state.moved, ...left]);
      state = { ...state, doubt, moved, sources: await readSources(cluster, behind, namespace, signal) };
      const judged = parts.map((part) => lookInto(options, part, state, signal));
      return judgeTogether(await Promise.all(judged), images);
    },
    nudge: (signal) => askAll(parts, state, signal),
    changed: (signal) => {
      changes ??= watchChanges(cluster, watchedPaths(options), { signal, log });
      return changes.next();
    },
    reasons: (subjects, signal) => {
      const meant = new Set(subjects.map(({ where }) => where));
      return explainParts(
        options,
        parts.filter((part) => meant.has(fluxWhere(part))),
        signal,
      );
    },
  };
}

function isLeftBehind(part: FluxPart, state: FluxState): boolean {
  const carrier = carrierOf(part);
  return carrier !== undefined && isBehind(carrier, state);
}

/** The source first: only what it has fetched can be applied, and a HelmRelease is changed by what is applied. */
async function askAll(parts: readonly FluxPart[], state: FluxState, signal: AbortSignal): Promise<void> {
  const { requests, sources, namespace } = state;
  for (const read of sources) await requests.ask(GIT_REPOSITORIES, read, read.source, signal);
  for (const part of parts) {
    const carrier = carrierOf(part);
    if (carrier === undefined) continue;
    const { name, namespace: own = namespace } = carrier.metadata;
    const isDoubted =
      part.kind === 'Kustomization' && !isBehind(carrier, state) && !isAlive(part, carrier, state);
    if (isIdle(carrier, state) || isDoubted)
      await requests.ask(KUSTOMIZATIONS, { name, namespace: own }, carrier, signal);
    if (part.kind === 'HelmRelease' && part.object !== undefined && isCarried(carrier, state))
      await requests.ask(HELM_RELEASES, part, part.object, signal);
  }
}

/**
 * Where Flux's own word is not enough, its workloads are looked at: one more request for each, once it is healthy, and
 * where it has gone on to another commit.
 */
async function lookInto(
  options: ControlledOptions,
  part: FluxPart,
  state: FluxState,
  signal: AbortSignal,
): Promise<Part> {
  const { commit, images: expected } = options;
  const { isCurrent } = state.commits;
  const subject = fluxSubject(part, state);
  const carrier = carrierOf(part);
  const carried = carrier && carriedByKustomization(carrier, isCurrent);
  const isBeyond = carried !== undefined && carried.revision !== commit;
  const isEnough = waitsForHealth(part) && expected.length === 0;
  const isHealthy = subject.judgement.kind === 'healthy';
  const isAsked = isHealthy ? !isEnough : isBeyond && expected.length > 0;
  const live: readonly KubernetesObject[] = isAsked ? await liveWorkloads(options, part, signal) : [];
  const judgement = isHealthy && !waitsForHealth(part) ? judgeLive(live) : subject.judgement;
  const seen = { subject: { ...subject, judgement }, images: imagesOf(live) };
  const looked = { ...seen, isWorkload: bringsWorkload(part), isNamed: true };
  return withReplaced(looked, carried, options, signal);
}
