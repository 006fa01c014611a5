// What must hold besides the tests: types, lint, committed bundles, generated docs. Runs all, fails if one fails.
import { run } from './project.ts';

const checks: readonly (readonly [string, string, readonly string[]])[] = [
  ['types of sources and tests', 'tsc', ['-b']],
  ['lint and format', 'biome', ['ci', '.']],
  ['generated docs', 'node', ['scripts/docs.ts', '--check']],
  ['committed bundles', 'node', ['scripts/build.ts', '--check']],
];
const results = checks.map(([name, command, args]) => ({ name, passed: run(command, args) }));
for (const { name, passed } of results) console.log(`${passed ? 'ok    ' : 'FAILED'} ${name}`);
if (results.some(({ passed }) => !passed)) process.exit(1);
