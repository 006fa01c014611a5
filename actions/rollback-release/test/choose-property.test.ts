import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { history, type Step, type Versions } from './history.ts';

const PLACES = [
  ['p.yaml', 'acme/web'],
  ['p.yaml', 'acme/api'],
  ['s.yaml', 'acme/web'],
] as const;

/** What happens to a history: a release of some places, somebody's change without trailers, or a rollback. */
const event = fc.record({
  what: fc.constantFrom('release', 'release', 'release', 'again', 'by hand', 'roll back', 'roll back'),
  which: fc.integer({ min: 1, max: 7 }),
  pick: fc.nat(),
});

const START: Versions = { 'p.yaml': { 'acme/web': 'v0', 'acme/api': 'v0' }, 's.yaml': { 'acme/web': 'v0' } };

test('what goes back are the images of one commit, to the newest state before it that nobody took back', async () => {
  let undone = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(event, { minLength: 2, maxLength: 14 }), async (events) => {
      const steps: Step[] = [{ files: START, releases: ['v0'] }];
      for (const [index, { what, which, pick }] of events.entries()) {
        const files = steps.at(-1)?.files ?? START;
        const places = PLACES.filter((_, bit) => (which & (1 << bit)) !== 0);
        const ids = steps.flatMap(({ releases = [] }) => releases);
        if (what === 'roll back') {
          const step = await rollBack(steps);
          if (step !== undefined) steps.push(step);
          undone += step === undefined ? 0 : 1;
        } else if (what === 'by hand') steps.push({ files: set(files, places.slice(0, 1), `h${index}`) });
        else {
          const id = what === 'again' ? (ids[pick % ids.length] ?? 'v0') : `v${index + 1}`;
          steps.push({ files: set(files, places, id), releases: [id] });
        }
      }
    }),
    { numRuns: 1500 },
  );
  expect(undone).toBeGreaterThan(1000);
});

/** Decides, holds the decision against a plain search over all states, and gives the step it makes. */
async function rollBack(steps: readonly Step[]): Promise<Step | undefined> {
  const decision = await history(steps, isNewer)
    .ask()
    .catch((error: Error) => {
      expect(error.name).toBe('ConfigurationError');
      return undefined;
    });
  const expected = plainSearch(steps);
  if (decision?.kind !== 'undo') {
    expect(decision).toBe(undefined);
    expect(expected).toBe(undefined);
    return undefined;
  }
  const made = decision.undo.map(({ file, target, to }) => [file, target.reference.written, to.tag ?? '']);
  expect(made.sort()).toEqual(expected);
  const files = made.reduce<Versions>(
    (all, [file = '', name = '', tag = '']) => set(all, [[file, name]], tag),
    steps.at(-1)?.files ?? START,
  );
  const releases = [...new Set(made.map(([, , tag = '']) => tag))];
  return { files, releases, rolledBack: decision.bad.releases };
}

/** The rule as it is told, without any shortcut. */
function plainSearch(steps: readonly Step[]): string[][] | undefined {
  const head = steps.at(-1)?.files ?? START;
  for (let index = steps.length - 1; index >= 0; index--) {
    const { releases = [], rolledBack = [], files } = steps[index] ?? { files: START };
    if (releases.length === 0 || rolledBack.length > 0) continue;
    const before = index === 0 ? undefined : steps[index - 1]?.files;
    const set = PLACES.filter((place) => {
      const tag = at(files, place);
      return releases.includes(tag) && at(before, place) !== tag && at(head, place) === tag;
    });
    if (set.length === 0) continue;
    for (let past = steps.length - 2; past >= 0; past--) {
      const then = set.map((place) => [...place, at(steps[past]?.files, place)]);
      if (
        then.every(
          ([file = '', name = '', tag = '']) =>
            !releases.includes(tag) &&
            !set.some((place) => isNewer(at(head, place), tag) && place[0] === file && place[1] === name) &&
            !isTakenBack(steps, past, [file, name], tag),
        )
      )
        return then.sort();
    }
    return undefined;
  }
  return undefined;
}

/** Of releases, not of what somebody wrote by hand. */
function isNewer(current: string, other: string): boolean {
  const [a, b] = [current, other].map((id) => Number(/^v(\d+)$/.exec(id)?.[1]));
  return (b ?? 0) > (a ?? 0);
}

/** Whether the commit that ended a release's last time at a place says that it took it back. */
function isTakenBack(
  steps: readonly Step[],
  from: number,
  place: readonly [string, string],
  id: string,
): boolean {
  const last = steps.findLastIndex((step, index) => index >= from && at(step.files, place) === id);
  return steps[last + 1]?.rolledBack?.includes(id) ?? false;
}

function at(files: Versions | undefined, [file, name]: readonly [string, string]): string {
  return String(files?.[file]?.[name] ?? '');
}

function set(files: Versions, places: readonly (readonly [string, string])[], tag: string): Versions {
  const changed = new Map(Object.entries(files));
  for (const [file, name] of places) changed.set(file, { ...changed.get(file), [name]: tag });
  return Object.fromEntries(changed);
}
