import { bundleTrack } from '../actions/comment-pr/test/race-bundle.ts';
import { FORMS, type Form, type Track, type Trial, trials } from '../actions/comment-pr/test/race-trial.ts';
import { firstPageTrack } from './rivals/first-page.ts';

const LATENCY = 60;
const TRIALS = 20;
/** Trials that mostly wait are run side by side. */
const LANES = 4;

const WRITERS: Readonly<Record<string, (latency: number) => Promise<Track>>> = {
  'comment-pr': bundleTrack,
  'first page, edit': firstPageTrack,
};

/** Ten jobs on one comment, in every form, beside a writer as people know it. */
export async function commentRace(): Promise<void> {
  console.log(
    `ten processes whose first requests are answered together, ${TRIALS} trials of each form, ${LATENCY} ms added to each request;`,
  );
  console.log('right: one comment that has the newest text of all ten sections, and every job was green\n');
  console.log(
    'how              | form                  | right | comments, at most | not in the first | requests a job | most | writes of all, at most | seconds a trial',
  );
  console.log(
    '---------------- | --------------------- | ----- | ----------------- | ---------------- | -------------- | ---- | --------------------- | ---------------',
  );
  for (const form of FORMS) for (const name of Object.keys(WRITERS)) await measure(name, form);
}

async function measure(name: string, form: Form): Promise<void> {
  const lanes = form.late === undefined ? 1 : LANES;
  const started = performance.now();
  const done = (
    await Promise.all(Array.from({ length: lanes }, () => lane(name, form, TRIALS / lanes)))
  ).flat();
  const seconds = (performance.now() - started) / 1000 / (TRIALS / lanes);
  const requests = done.flatMap(({ written }) => written.map((one) => one.requests));
  const cells = [
    name.padEnd(16),
    form.name.padEnd(21),
    `${done.filter(isRight).length}/${done.length}`.padStart(5),
    String(Math.max(...done.map(({ comments }) => comments.length))).padStart(17),
    String(Math.max(...done.map(({ missing }) => missing.length))).padStart(16),
    (requests.reduce((total, count) => total + count, 0) / requests.length).toFixed(1).padStart(14),
    String(Math.max(...requests)).padStart(4),
    String(Math.max(...done.map(({ contentWrites }) => contentWrites))).padStart(21),
    seconds.toFixed(1).padStart(15),
  ];
  console.log(cells.join(' | '));
}

async function lane(name: string, form: Form, count: number): Promise<readonly Trial[]> {
  const track = await WRITERS[name]?.(LATENCY);
  if (track === undefined) throw new Error(`There is no writer "${name}".`);
  try {
    return await trials(track, form, count);
  } finally {
    await track.github.close();
  }
}

function isRight({ comments, missing, outdated, written }: Trial): boolean {
  const isGreen = written.every(({ exitCode }) => exitCode === 0);
  return isGreen && comments.length === 1 && missing.length === 0 && outdated.length === 0;
}
