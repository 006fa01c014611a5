import { type Log, messageOf } from '../action/index.ts';
import { annotate, type CustomKind, listCustom, type Place } from '../controller/index.ts';
import { ClusterError, isClusterError } from '../kubernetes/index.ts';
import { fillPlaceholders } from './placeholders.ts';
import type { PreviewRecord } from './record.ts';

/** Where a controller's objects are, and how they are reached. */
export interface ControllerPlace extends Place {
  /** Template of the object's name, with `{{pr}}`, `{{service}}` and `{{name}}`. */
  readonly application: string;
  readonly log: Log;
}

/** The name of the object that brings a preview into the cluster. */
export function objectName({ application }: ControllerPlace, preview: PreviewRecord): string {
  const { pullRequest, service, name } = preview;
  return fillPlaceholders(application, { pr: String(pullRequest), service, name }, 'application');
}

/** All objects of a kind in the controller's namespace; none when they may not be read. */
export async function listIfAllowed<Kind>(
  place: ControllerPlace,
  kind: CustomKind,
  signal: AbortSignal,
): Promise<readonly Kind[]> {
  try {
    return await listCustom<Kind>(place, kind, signal);
  } catch (error) {
    if (isClusterError(error, 'NotFound')) return [];
    return unlessRefused(error, place.log);
  }
}

/** Sets an annotation. When that is not allowed, the controller finds out by itself, later. */
export async function annotateIfAllowed(
  place: ControllerPlace,
  kind: CustomKind,
  name: string,
  annotation: string,
  signal: AbortSignal,
): Promise<void> {
  await annotate(place, kind, [name], annotation, signal).catch((error: unknown) => {
    unlessRefused(error, place.log);
  });
}

function unlessRefused(error: unknown, log: Log): readonly never[] {
  if (!(error instanceof ClusterError)) throw error;
  log.debug(messageOf(error));
  return [];
}
