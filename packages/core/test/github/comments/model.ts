import { type Parts, parseBody, sectionKey } from '../../../src/github/comments/body.ts';
import { type CommentWrite, writeComment } from '../../../src/github/comments/write.ts';
import type { Written } from '../../../src/github/comments/written.ts';
import {
  emptyConversation,
  type MemoryConversation,
  type MemoryOptions,
  memoryStore,
} from './memory-store.ts';
import { createSchedule, seededRandom } from './schedule.ts';

const atOnce = async () => {};

/** A writer that was killed: it does nothing more, and says nothing. */
class Killed extends Error {}

/** What a writer does, where it differs from a plain write of a section by run 100. */
export interface Change {
  readonly mode?: 'upsert' | 'recreate' | 'delete';
  /** A deletion without one deletes all. */
  readonly section?: string;
  readonly text?: string;
  readonly run?: { readonly run: number; readonly attempt: number };
}

export interface Race {
  readonly seed: number;
  readonly writes: readonly Change[];
  /** Sections that are there before. */
  readonly existing?: readonly string[];
  /** Chance that a writer is killed before a step. */
  readonly kills?: number;
  /** Only before its first write. */
  readonly killsBeforeWriteOnly?: boolean;
  /** Chance that the answer of a write is lost. */
  readonly losses?: number;
  /** Chance that a list does not show the newest comments yet. */
  readonly lag?: number;
  /** A writer that comes when all others are done or dead. */
  readonly next?: Change;
  /** A pause lasts until nobody else can go on. Otherwise it is one step, as if every other request took seconds. */
  readonly hasLongPauses?: boolean;
  readonly store?: Omit<MemoryOptions, 'turn' | 'loses' | 'hidden'>;
}

export interface Raced {
  readonly conversation: MemoryConversation;
  /** What each writer came back with; undefined when it was killed. */
  readonly results: readonly (Written | undefined)[];
  /** Parts of the lowest comment. */
  readonly parts: Parts;
}

/** Runs the real protocol for every writer over one conversation, its steps in an order that the seed decides. */
export async function race(options: Race): Promise<Raced> {
  const random = seededRandom(options.seed);
  const schedule = createSchedule(random);
  const conversation = emptyConversation();
  const alone = (write: Change) =>
    writeComment(memoryStore(conversation, { turn: atOnce }), writeOf(write), { random, wait: atOnce });
  for (const section of options.existing ?? []) await alone({ section });
  conversation.writes = 0;
  const results: (Written | undefined)[] = [];
  const work = options.writes.map(async (write, index) => {
    const turn = turnOf(options, random, schedule.turn);
    const loses = () =>
      random() < (options.losses ?? 0) ? (random() < 0.5 ? 'before' : 'after') : undefined;
    const hidden = () => (random() < (options.lag ?? 0) ? 1 + Math.floor(random() * 3) : 0);
    const store = memoryStore(conversation, { ...options.store, turn, loses, hidden });
    results[index] = await writeComment(store, writeOf(write), {
      random,
      wait: options.hasLongPauses ? schedule.wait : turn,
    });
  });
  await schedule.finish(work);
  for (const outcome of await Promise.allSettled(work))
    if (outcome.status === 'rejected' && !(outcome.reason instanceof Killed)) throw outcome.reason;
  if (options.next) await alone(options.next);
  const parts = parseBody(conversation.kept[0]?.texts[0] ?? '')?.parts ?? new Map();
  return { conversation, results: options.writes.map((_, index) => results[index]), parts };
}

function turnOf({ kills = 0, killsBeforeWriteOnly }: Race, random: () => number, turn: () => Promise<void>) {
  let isKilled = false;
  let steps = 0;
  return async () => {
    steps += 1;
    // The first two steps of every writer are its list: what it does next is its first write.
    if (killsBeforeWriteOnly !== true || steps <= 3) isKilled ||= random() < kills;
    if (isKilled) throw new Killed();
    await turn();
  };
}

export function writeOf({ mode = 'upsert', section, text, run }: Change): CommentWrite {
  const order = { id: 'gitops-actions', run: run ?? { run: 100, attempt: 1 }, order: 'run' as const };
  if (mode === 'delete') return { ...order, mode, section };
  return { ...order, mode, section: section ?? '', text: text ?? `text of ${section}`, title: '' };
}

/** Names of the finished writers' sections that the comment does not show. */
export function lostSections({ results, parts }: Raced, writes: Race['writes']): string[] {
  return writes
    .filter(({ mode }, index) => mode !== 'delete' && results[index] !== undefined)
    .map(({ section = '' }) => section)
    .filter((section) => !isShown(parts, section));
}

/** Whether a section is there with a text. */
export function isShown(parts: Parts, section: string): boolean {
  return (parts.get(sectionKey(section))?.text ?? '') !== '';
}
