import { availableParallelism, totalmem } from 'node:os';

/** Most of a test's time is spent waiting for processes it starts: two at a time keep a core at work. */
const byCores = 2 * availableParallelism();
/** A worker and its cluster. */
const byMemory = Math.floor(totalmem() / 2.5e9);

/** Native ESM, TypeScript with its types stripped by Node; sources of core are read without a build. */
export default {
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'node-addons', 'import', 'default'] },
  testMatch: ['**/test/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/lib/', '/dist/'],
  modulePathIgnorePatterns: ['/lib/', '/dist/'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '<rootDir>/scripts/strip-types.mjs' },
  testSequencer: '<rootDir>/scripts/longest-first.mjs',
  maxWorkers: Math.max(1, Math.min(byCores, byMemory)),
  // Every process that a test starts is a copy of its worker at first: the larger that is, the slower.
  workerIdleMemoryLimit: '400MB',
  testTimeout: 60_000,
};
