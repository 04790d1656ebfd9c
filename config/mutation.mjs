/** How Stryker changes one file and which tests must notice; scripts/mutation.mjs runs it for each file. */
export default {
  testRunner: 'jest',
  plugins: ['@stryker-mutator/jest-runner'],
  jest: { configFile: 'config/mutation-jest.config.mjs', enableFindRelatedTests: false },
  coverageAnalysis: 'perTest',
  // swc compiles and does not check.
  disableTypeChecks: false,
  reporters: ['json'],
  jsonReporter: { fileName: 'node_modules/.cache/mutation.json' },
  tempDirName: '.stryker-tmp',
  allowEmpty: true,
  concurrency: 2,
  warnings: false,
}
