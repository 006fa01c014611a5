// The test command: Jest on all test files, or on those named. Ends with one line that counts.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requireGit, root } from './project.ts';

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numFailedTestSuites: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
}

requireGit();
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
if (report.numPassedTests + failed === 0)
  console.error('No test matches; name a file or folder, such as actions/comment-pr.');
if (skipped > 0 && process.env.CI) console.error('CI allows no skipped tests.');
console.log(`${report.numPassedTests} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exit(status !== 0 || failed > 0 || (skipped > 0 && process.env.CI) ? 1 : 0);

function readReport(): Report | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Report;
  } catch {
    return undefined;
  }
}
