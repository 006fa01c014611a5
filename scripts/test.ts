// The test command: Jest on all test files, or on those named. Ends with one line that counts.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { requireGit, root, run } from './project.ts';

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numFailedTestSuites: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly assertionResults: readonly {
      readonly status: string;
      readonly ancestorTitles: readonly string[];
    }[];
  }[];
}

requireGit();
// In CI nothing may be skipped for want of an engine.
if (process.env.CI && !run('node', [join(root, 'scripts', 'engines.ts')])) process.exit(1);
const directory = mkdtempSync(join(tmpdir(), 'gitops-actions-test-'));
const file = join(directory, 'report.json');
const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', '--conditions=source'];
const { status } = spawnSync(
  process.execPath,
  [...flags, jest, '--json', `--outputFile=${file}`, ...process.argv.slice(2)],
  { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] },
);
const report = readReport();
rmSync(directory, { recursive: true });
if (report === undefined) {
  console.error('Jest wrote no report; what it said above is why.');
  process.exit(1);
}
const skipped = report.numPendingTests + report.numTodoTests;
// A suite that does not even start has no failed test of its own.
const failed = report.numFailedTests || report.numFailedTestSuites;
if (report.numPassedTests + failed + skipped === 0)
  console.error('No test matches; name a file or folder, such as actions/comment-pr.');
if (skipped > 0 && process.env.CI) console.error('CI allows no skipped tests.');
for (const line of wantsEngines(report)) console.log(line);
console.log(`${report.numPassedTests} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exit(status !== 0 || failed > 0 || (skipped > 0 && process.env.CI) ? 1 : 0);

/** What was not run for want of engines (test/engines/suite.ts marks it), and the command that adds it. */
function wantsEngines({ testResults }: Report): readonly string[] {
  const skipped = testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status }) => status === 'pending')
      .map(({ ancestorTitles }) => ancestorTitles[0] ?? '')
      .filter((title) => / \[needs .*\]$/.test(title))
      .map((title) => `  ${relative(root, name)}: ${title}`),
  );
  if (skipped.length === 0) return [];
  return [
    'Not run, because what they run on is not built on this machine:',
    ...new Set(skipped),
    'npx -y pnpm@12.18.0 engines builds it once, with Go, in about 20 minutes; from then on these are part of the tests.',
  ];
}

function readReport(): Report | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Report;
  } catch {
    return undefined;
  }
}
