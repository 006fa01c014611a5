import { bundleTrack } from '../actions/comment-pr/test/race-bundle.ts';
import type { Track } from '../actions/comment-pr/test/race-trial.ts';
import { firstPageTrack } from './rivals/first-page.ts';

const LATENCY = 60;
/** So long that requests which do not wait for each other overlap, however busy the machine is. */
const COUNTING_LATENCY = 500;
const ROUNDS = 7;

type Place = 'first' | 'middle' | 'last';

interface Case {
  readonly writer: 'comment-pr' | 'first page, edit';
  readonly comments: number;
  /** Undefined: none of them is ours. */
  readonly ours: Place | undefined;
}

const CASES: readonly Case[] = [
  { writer: 'comment-pr', comments: 30, ours: 'middle' },
  { writer: 'comment-pr', comments: 0, ours: undefined },
  ...[1000, 2500].flatMap((comments) =>
    (['first', 'middle', 'last'] as const).map((ours) => ({ writer: 'comment-pr' as const, comments, ours })),
  ),
  { writer: 'comment-pr', comments: 1000, ours: undefined },
  { writer: 'first page, edit', comments: 30, ours: 'middle' },
  { writer: 'first page, edit', comments: 1000, ours: 'first' },
  { writer: 'first page, edit', comments: 1000, ours: 'last' },
];

interface Measured {
  readonly requests: number;
  readonly roundTrips: number;
  /** Milliseconds from the start of the process to its end. */
  readonly wall: number;
  /** Milliseconds from the arrival of its first request to that of its last. */
  readonly between: number;
  /** Comments more than wanted. */
  readonly extra: number;
}

/**
 * One job on a long conversation: requests, round trips and time. The cases take turns, so that all see the same machine; of
 * the times the shortest counts, because other work on the machine only ever adds to them.
 */
export async function commentCrowd(): Promise<void> {
  console.log(
    `one job on a long conversation, ${LATENCY} ms added to each request, the fastest of ${ROUNDS} rounds\n`,
  );
  const counted = await play(COUNTING_LATENCY, 1);
  const timed = await play(LATENCY, ROUNDS);
  report(CASES.map((one) => ({ one, counted: counted.get(one) ?? [], timed: timed.get(one) ?? [] })));
}

/** Every case so many times, on servers that add so many milliseconds to each request. */
async function play(latency: number, rounds: number): Promise<ReadonlyMap<Case, readonly Measured[]>> {
  const tracks = {
    'comment-pr': await bundleTrack(latency),
    'first page, edit': await firstPageTrack(latency),
  };
  const own = {
    'comment-pr': await ownText(tracks['comment-pr']),
    'first page, edit': await ownText(tracks['first page, edit']),
  };
  const measured = new Map<Case, Measured[]>(CASES.map((one) => [one, []]));
  for (let round = 0; round < rounds; round += 1)
    for (const [one, list] of measured)
      list.push(await measure(tracks[one.writer], one, own[one.writer], round));
  for (const { github } of Object.values(tracks)) await github.close();
  return measured;
}

async function ownText({ shop, write }: Track): Promise<string> {
  const pull = await shop.openPullRequest({ head: 'own-text', files: { 'own.txt': 'x' } });
  await write(pull, { section: 's', text: 'before', runId: 1 });
  return pull.comments()[0]?.body ?? '';
}

async function measure(track: Track, one: Case, own: string, round: number): Promise<Measured> {
  const { github, shop, write } = track;
  const head = `crowd-${one.comments}-${one.ours}-${round}`;
  const pull = await shop.openPullRequest({ head, files: { 'app.txt': 'x' } });
  const at = { first: 0, middle: Math.floor(one.comments / 2), last: one.comments - 1 };
  const place = one.ours === undefined ? -1 : at[one.ours];
  for (let index = 0; index < one.comments; index += 1)
    await (index === place ? pull.addComment(own) : pull.addComment(`number ${index}`, 'octocat'));
  github.clearRequests();
  const started = performance.now();
  const { exitCode } = await write(pull, { section: 's', text: 'after', runId: 2 });
  const wall = performance.now() - started;
  if (exitCode !== 0) throw new Error(`${one.writer} failed beside ${one.comments} comments.`);
  const spans = github.requests().map(({ startedAt, ms }) => ({ start: +startedAt, end: +startedAt + ms }));
  const starts = spans.map(({ start }) => start);
  return {
    requests: spans.length,
    roundTrips: longestChain(spans),
    wall,
    between: Math.max(...starts) - Math.min(...starts),
    extra: pull.comments().length - one.comments - (one.ours === undefined ? 1 : 0),
  };
}

/** How many requests came one after the other: of those that overlap one counts. */
function longestChain(spans: readonly { readonly start: number; readonly end: number }[]): number {
  let count = 0;
  let end = Number.NEGATIVE_INFINITY;
  for (const span of [...spans].sort((a, b) => a.end - b.end)) {
    // The log's starts are cut to whole milliseconds.
    if (span.start < end - 2) continue;
    count += 1;
    end = span.end;
  }
  return count;
}

interface Row {
  readonly one: Case;
  readonly counted: readonly Measured[];
  readonly timed: readonly Measured[];
}

function report(rows: readonly Row[]): void {
  const base = new Map<string, number>();
  console.log(
    'how              | comments | ours   | requests | round trips | ms  | over 30 comments | duplicates',
  );
  console.log(
    '---------------- | -------- | ------ | -------- | ----------- | --- | ---------------- | ----------',
  );
  for (const { one, counted, timed } of rows) {
    const wall = Math.min(...timed.map((run) => run.wall));
    if (one.comments === 30) base.set(one.writer, wall);
    const over = wall - (base.get(one.writer) ?? wall);
    const cells = [
      one.writer.padEnd(16),
      String(one.comments).padStart(8),
      (one.ours ?? 'none').padEnd(6),
      String(Math.max(...counted.map(({ requests }) => requests))).padStart(8),
      String(Math.max(...counted.map(({ roundTrips }) => roundTrips))).padStart(11),
      wall.toFixed(0).padStart(3),
      `${over < 0 ? '-' : '+'}${Math.abs(over).toFixed(0)} ms`.padStart(16),
      String(Math.max(...timed.map(({ extra }) => extra))).padStart(10),
    ];
    console.log(cells.join(' | '));
  }
  const trip = Math.min(...(rows[0]?.timed.map(({ between }) => between) ?? []));
  console.log(`\none round trip, from one request's arrival to the next one's: ${trip.toFixed(0)} ms`);
}
