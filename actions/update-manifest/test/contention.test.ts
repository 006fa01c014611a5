import { expect, test } from '@jest/globals';
import { OVERLAY, sentence, startStage } from './stage.ts';

const TEAMS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
const SERVICES = ['web', 'orders', 'payments'];

test('eight deliveries of three images at once on one file: eight land, none is lost', async () => {
  const entries = TEAMS.flatMap((team) =>
    SERVICES.map((service) => `  - name: acme/${team}-${service}\n    newTag: v1 # ${team}\n`),
  );
  await using stage = await startStage({ [OVERLAY]: `images:\n${entries.join('')}` });
  const before = await stage.gitops.read('main', OVERLAY);
  const runs = await Promise.all(
    TEAMS.map((team) =>
      stage.run({ images: SERVICES.map((service) => `acme/${team}-${service}:v2-${team}`).join('\n') }),
    ),
  );
  expect(runs.map(sentence)).toEqual(TEAMS.map(() => '0: '));
  expect(runs.map(({ outputs }) => outputs.result)).toEqual(TEAMS.map(() => 'committed'));
  const history = await stage.gitops.log('main');
  expect(history).toHaveLength(1 + TEAMS.length);
  expect(new Set(runs.map(({ outputs }) => outputs.commit))).toEqual(
    new Set(history.slice(0, TEAMS.length).map(({ sha }) => sha)),
  );
  const wanted = TEAMS.reduce(
    (text, team) => text.replaceAll(`newTag: v1 # ${team}\n`, `newTag: v2-${team} # ${team}\n`),
    before,
  );
  expect(await stage.gitops.read('main', OVERLAY)).toBe(wanted);
});

test('eight copies of one delivery at once: the file holds it, and every copy says the truth', async () => {
  await using stage = await startStage();
  const images = SERVICES.map((service) => `ghcr.io/acme/${service}:v1.0.2-bbbbbbb`).join('\n');
  const runs = await Promise.all(TEAMS.map(() => stage.run({ images })));
  expect(runs.map(sentence)).toEqual(TEAMS.map(() => '0: '));
  const committed = runs.filter(({ outputs }) => outputs.result === 'committed');
  expect(committed).toHaveLength(1);
  expect(await stage.gitops.log('main')).toHaveLength(2);
  expect((await stage.gitops.read('main', OVERLAY)).match(/v1\.0\.2-bbbbbbb/g)).toHaveLength(3);
});
