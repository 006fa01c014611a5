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
  {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  },
);
const report = JSON.parse(readFileSync(file, 'utf8')) as Report;
rmSync(directory, { recursive: true });

const skipped = report.numPendingTests + report.numTodoTests;
// A suite that does not even start has no failed test of its own.
const failed = report.numFailedTests || report.numFailedTestSuites;
console.log(`${report.numPassedTests} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
if (skipped > 0 && process.env.CI) console.error('CI allows no skipped tests.');
process.exit(status !== 0 || failed > 0 || (skipped > 0 && process.env.CI) ? 1 : 0);
