/** Native ESM, TypeScript with its types stripped by Node; sources of core are read without a build. */
export default {
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'node-addons', 'import', 'default'] },
  testMatch: ['**/test/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/lib/', '/dist/'],
  modulePathIgnorePatterns: ['/lib/', '/dist/'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '<rootDir>/scripts/strip-types.mjs' },
  setupFilesAfterEnv: ['<rootDir>/scripts/restore-network.ts'],
  // Most of a test's time is spent in the processes it starts; Jest's default of one worker less than cores leaves one idle.
  maxWorkers: '100%',
  testTimeout: 60_000,
};
