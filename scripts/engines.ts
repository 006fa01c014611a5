// Builds the programs that the suites of test/engines and test/workflows run on, each once per machine: pnpm engines [name…]
import { setPriority } from 'node:os';
import { missingEngines } from '../packages/testkit/src/engines/catalog.ts';
import { engines } from '../packages/testkit/src/engines/description.ts';
import { buildEngine } from '../test/tools/build.ts';

const known = engines();
const names = process.argv.slice(2);
const unknown = names.filter((name) => !known.some((engine) => engine.name === name));
if (unknown.length > 0) {
  console.error(
    `There is no engine ${unknown.join(', ')}; there are ${known.map(({ name }) => name).join(', ')}.`,
  );
  process.exit(1);
}
// It takes minutes of all cores, and the machine may have other work.
setPriority(19);
for (const engine of known) {
  if (names.length === 0 || names.includes(engine.name))
    await buildEngine(engine, (line) => console.log(line));
}
const missing = missingEngines(known.map(({ name }) => name));
console.log(
  missing.length === 0
    ? 'All engines are built; pnpm test runs every suite from now on.'
    : `Not built yet: ${missing.join(', ')}.`,
);
