// Jest runs the TypeScript sources as ES modules; scripts/run-tests.mjs starts it with --experimental-vm-modules.
export default {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '/\\.pipewright/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/\\.pipewright/'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript' },
          transform: { useDefineForClassFields: true },
          // JSON files are imported `with { type: 'json' }`.
          experimental: { keepImportAttributes: true },
        },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
  globalSetup: './tests/setup/global-setup.mjs',
  globalTeardown: './tests/setup/global-teardown.mjs',
  testTimeout: 60_000,
};
