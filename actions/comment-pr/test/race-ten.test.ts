import { expect, test } from '@jest/globals';
import { bundleTrack } from './race-bundle.ts';
import { FORMS, type Form, type Trial, trials } from './race-trial.ts';

/** The bench runs every form twenty times; here the others are run as often as time allows. */
const TRIALS: Readonly<Record<string, number>> = {
  'ten new sections': 20,
  'five there, five new': 3,
  'an old run among them': 3,
  'a create 5 s late': 1,
  'an update 5 s late': 1,
};
/** On average. A job alone needs 2, or 3 to create; the rest brings comments together and repairs what was overwritten. */
const MOST_REQUESTS_A_JOB = 12;
/**
 * Ten jobs together must not be stopped by GitHub's limit on content.
 * https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits
 */
const MOST_CONTENT_WRITES = 80;

async function race(form: Form, count: number): Promise<readonly Trial[]> {
  const track = await bundleTrack();
  try {
    return await trials(track, form, count);
  } finally {
    await track.github.close();
  }
}

function check(form: Form, trial: Trial): void {
  const { comments, missing, outdated, written, contentWrites } = trial;
  expect({ comments: comments.length, missing, outdated }).toEqual({
    comments: 1,
    missing: [],
    outdated: [],
  });
  expect(comments[0]?.match(/^<!-- gitops-actions:section /gm)).toHaveLength(10);
  expect(written.map(({ exitCode }) => exitCode)).toEqual(written.map(() => 0));
  const requests = written.reduce((total, one) => total + one.requests, 0);
  expect(requests / written.length).toBeLessThanOrEqual(MOST_REQUESTS_A_JOB);
  expect(contentWrites).toBeLessThanOrEqual(MOST_CONTENT_WRITES);
  const newer = form.hasOldRun ? written.slice(0, -1) : written;
  expect(newer.filter(({ result }) => result !== 'created' && result !== 'updated')).toEqual([]);
}

test.each(FORMS.filter(({ late }) => late === undefined))(
  'ten jobs at once, $name: one comment, every section',
  async (form) => {
    const all = await race(form, TRIALS[form.name] ?? 0);
    expect(all.length).toBeGreaterThan(0);
    for (const trial of all) check(form, trial);
  },
  240_000,
);

test('a write that arrives 5 seconds after the other nine have exited repairs what it overwrites', async () => {
  const late = FORMS.filter((form) => form.late !== undefined);
  expect(late).toHaveLength(2);
  const all = await Promise.all(
    late.map(async (form) => ({ form, trials: await race(form, TRIALS[form.name] ?? 0) })),
  );
  for (const { form, trials: done } of all) {
    expect(done.length).toBeGreaterThan(0);
    for (const trial of done) check(form, trial);
  }
}, 120_000);
