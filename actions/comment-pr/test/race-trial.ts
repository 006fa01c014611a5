import { setTimeout as sleep } from 'node:timers/promises';
import type { GitHub, PullRequest, Repository } from '@gitops-actions/testkit';
import { arrivals } from './arrivals.ts';

/** How the jobs of a race meet. */
export interface Form {
  readonly name: string;
  /** How many of the ten sections an earlier run has written already; the jobs write them anew. */
  readonly existing: number;
  /** An eleventh job, of an older run, writes a section that one of the ten writes as well. */
  readonly hasOldRun?: boolean;
  /** Milliseconds that one job's first write arrives after all the others have exited. */
  readonly late?: number;
}

export const FORMS: readonly Form[] = [
  { name: 'ten new sections', existing: 0 },
  { name: 'five there, five new', existing: 5 },
  { name: 'an old run among them', existing: 0, hasOldRun: true },
  { name: 'a create 5 s late', existing: 0, late: 5000 },
  { name: 'an update 5 s late', existing: 5, late: 5000 },
];

export interface Job {
  readonly section: string;
  readonly text: string;
  readonly runId: number;
}

export interface Written {
  readonly exitCode: number | null;
  readonly requests: number;
  /** What the job says it did. */
  readonly result: string;
}

/** Starts a process that writes one section; what differs between the action and its rivals. */
export type Write = (pull: PullRequest, job: Job) => Promise<Written>;

/** Where races are run: each on a pull request of its own, so that one GitHub serves many. */
export interface Track {
  readonly github: GitHub;
  readonly shop: Repository;
  readonly write: Write;
}

export interface Trial {
  /** Texts of the comments in the end; one is wanted. */
  readonly comments: readonly string[];
  /** Texts that should stand in the first comment and do not. */
  readonly missing: readonly string[];
  /** Texts that should have been replaced. */
  readonly outdated: readonly string[];
  /** One per job, the late one or the old run's last. */
  readonly written: readonly Written[];
  /** Requests of all jobs that write content; GitHub allows 80 a minute. */
  readonly contentWrites: number;
}

const JOBS = 10;
const [OLD, BEFORE, NOW] = [10, 15, 20];

function job(index: number, runId: number): Job {
  return { section: `s${index}`, text: `[s${index} by run ${runId}]`, runId };
}

const jobs = (count: number, runId: number) => Array.from({ length: count }, (_, index) => job(index, runId));

/** The text of a comment that has this many sections of an earlier run, as the writer itself makes it. */
async function textBefore({ shop, write }: Track, count: number): Promise<string | undefined> {
  const pull = await shop.openPullRequest({ head: 'before', files: { 'before.txt': 'x' } });
  for (const one of jobs(count, BEFORE)) await write(pull, one);
  return pull.comments()[0]?.body;
}

/** Runs a form so many times, one after the other. */
export async function trials(track: Track, form: Form, count: number): Promise<readonly Trial[]> {
  const before = await textBefore(track, form.existing);
  const done: Trial[] = [];
  for (let number = 1; number <= count; number += 1) {
    const pull = await track.shop.openPullRequest({ head: `trial-${number}`, files: { 'app.txt': 'x' } });
    if (before !== undefined) await pull.addComment(before);
    done.push(await trial(track, form, pull));
  }
  return done;
}

async function trial(track: Track, form: Form, pull: PullRequest): Promise<Trial> {
  const wanted = jobs(JOBS, NOW);
  // The last section is new in every form, so the late write is the creation where nothing is there yet.
  const all = form.hasOldRun ? [...wanted, job(0, OLD)] : wanted;
  const written = await together(track, pull, all, form.late);
  const comments = pull.comments().map(({ body }) => body);
  const [first = ''] = comments;
  const replaced = [job(0, OLD), ...jobs(form.existing, BEFORE)];
  return {
    comments,
    missing: wanted.map(({ text }) => text).filter((text) => !first.includes(text)),
    outdated: replaced.map(({ text }) => text).filter((text) => first.includes(text)),
    written,
    contentWrites: track.github.requests().filter(isContentWrite).length,
  };
}

function isContentWrite({ method, body }: { method: string; body: unknown }): boolean {
  const query = typeof body === 'object' && body !== null && 'query' in body ? String(body.query) : undefined;
  return query === undefined ? method !== 'GET' : query.startsWith('mutation');
}

/** Starts all, lets their first requests go when the last one is there, and holds back the last job's write if asked. */
async function together(
  { github, write }: Track,
  pull: PullRequest,
  all: readonly Job[],
  late = 0,
): Promise<readonly Written[]> {
  github.clearRequests();
  const start = Promise.withResolvers<void>();
  const end = Promise.withResolvers<void>();
  github.inject({ match: () => true, times: all.length, hold: start.promise });
  const held = all.at(-1)?.text ?? '';
  const isHeld = (body: unknown) => JSON.stringify(body ?? '').includes(held);
  if (late > 0) github.inject({ match: ({ body }) => isHeld(body), times: 1, hold: end.promise });
  const running = all.map((one) => write(pull, one));
  await arrivals(github, () => true, all.length, running);
  start.resolve();
  if (late > 0) {
    await Promise.all(running.slice(0, -1));
    await arrivals(github, ({ body }) => isHeld(body), 1, running.slice(-1));
    await sleep(late);
    end.resolve();
  }
  return Promise.all(running);
}
