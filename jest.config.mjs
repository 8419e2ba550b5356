/** One configuration for every suite; scripts/test.mjs picks the folders. */
export default {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest', { configFile: '.swcrc' }] },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  modulePathIgnorePatterns: ['<rootDir>/dist'],
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
  testRunner: '<rootDir>/test/support/shared-modules-runner.mjs',
  testTimeout: 60_000,
  // With one for each of two cores, a third of the time of both went by waiting.
  maxWorkers: 3,
};
