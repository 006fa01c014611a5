import type { Service } from '../services.ts';
import { type Footprint, footprintOf } from './footprint.ts';

/** What changed, as far as it is known. */
export type Changes =
  | {
      readonly kind: 'known';
      /** What the commit was compared with, in words. */
      readonly what: string;
      /** The same as git's name for it. */
      readonly revision: string;
      /** Paths that changed, a renamed file under both names. */
      readonly files: readonly string[];
    }
  | {
      readonly kind: 'unknown';
      /** How loud the log should say it. */
      readonly level: 'info' | 'notice' | 'warning';
      /** Why all services are kept, as the end of a sentence without its full stop. */
      readonly why: string;
      /** Sentences that follow. */
      readonly detail?: string;
    };

/** Why one service is kept or not. */
export interface Verdict {
  readonly name: string;
  readonly isKept: boolean;
  readonly why: string;
  /** A file of the service that changed. */
  readonly file?: string;
}

/** Which services are kept, and why. */
export interface Kept {
  readonly services: readonly Service[];
  /** One for each service that was asked about, in their order. */
  readonly verdicts: readonly Verdict[];
  /** What it was compared with, or why all are kept: plain text for the log, with text from outside. */
  readonly basis: { readonly level: 'info' | 'notice' | 'warning'; readonly text: string };
}

/** Whether knowing what changed can leave any service out. */
export function tellsApart(services: readonly Service[]): boolean {
  return services.some((service) => footprintOf(service).covers !== undefined);
}

/** Keeps the services that changed, or all when that is not known. */
export function keep(services: readonly Service[], changes: Changes): Kept {
  const verdicts = services.map((service) => verdictOf(service, changes));
  return {
    services: services.filter((_, index) => verdicts[index]?.isKept),
    verdicts,
    basis: { level: changes.kind === 'known' ? 'info' : changes.level, text: textOf(changes) },
  };
}

function verdictOf(service: Service, changes: Changes): Verdict {
  const { name } = service;
  if (changes.kind === 'unknown') return { name, isKept: true, why: 'all are kept' };
  const footprint: Footprint = footprintOf(service);
  if (footprint.covers === undefined) return { name, isKept: true, why: footprint.why };
  const [file, ...more] = changes.files.filter(footprint.covers);
  if (file === undefined) return { name, isKept: false, why: 'nothing of it changed' };
  return {
    name,
    isKept: true,
    why: more.length === 0 ? 'changed:' : `changed, with ${more.length} more:`,
    file,
  };
}

function textOf(changes: Changes): string {
  if (changes.kind === 'known') {
    const { files, revision, what } = changes;
    return `Files changed since ${revision}, ${what}: ${files.length}.`;
  }
  const { why, detail } = changes;
  return `All services are kept, because ${why}.${detail === undefined ? '' : ` ${detail}`}`;
}
