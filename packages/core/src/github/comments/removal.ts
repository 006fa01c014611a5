import { hasSections, type Parts, sectionKey, TITLE } from './body.ts';
import { isSuperseded, type Order, type Plan, partOf } from './plan.ts';

/** A section that is to go, and with the last one the comment. */
export interface Removal extends Order {
  readonly mode: 'delete';
  /** Undefined: all sections that are there. */
  readonly section: string | undefined;
}

/** What is to be deleted. */
export interface RemovalPlan extends Plan {
  /** The empty sections that stand for the deleted ones; among `parts`, too. */
  readonly deleted: Parts;
}

/**
 * Decides which sections are deleted. Pure.
 *
 * A deleted section stays in the text as an empty one, so that a writer who had read it does not bring it back, and an older
 * run neither.
 * `superseded`: a newer run wrote the section, or one of all that are there; nothing is deleted then. `unchanged`: there is
 * no such section.
 */
export function planRemoval(before: Parts, removal: Removal): RemovalPlan {
  const { section } = removal;
  const there = sectionsOf(before).filter(([key]) => section === undefined || key === sectionKey(section));
  const deleted = new Map(there.map(([key, part]) => [key, partOf(part, '', removal)]));
  const [own] = [...deleted].map(([key, part]) => ({ key, part }));
  const plan = { parts: new Map([...before, ...deleted]), deleted, own };
  if (there.some(([, part]) => isSuperseded(part, removal)))
    return { ...plan, parts: before, decision: 'superseded' };
  // Only empty sections are what a deletion left that was cut short: it is brought to its end.
  const isLeftover = before.size > 0 && !hasSections(before);
  return { ...plan, decision: deleted.size === 0 && !isLeftover ? 'unchanged' : 'write' };
}

/** Whether a newer run wrote any of the sections. */
export function isNewerThan(parts: Parts, order: Order): boolean {
  return sectionsOf(parts).some(([, part]) => isSuperseded(part, order));
}

function sectionsOf(parts: Parts) {
  return [...parts].filter(([key, { text }]) => key !== TITLE && text !== '');
}
