import jestConfig from '../jest.config.mjs'

const unit = jestConfig.projects.find(({ displayName }) => displayName === 'unit')

/** The unit tests of the file that is changed, which scripts/mutation.mjs names. */
export default {
  ...unit,
  rootDir: '..',
  testMatch: (process.env.MUTATION_TESTS ?? 'test/domain/*.test.ts').split(',').map((file) => `<rootDir>/${file}`),
  testPathIgnorePatterns: ['/node_modules/'],
}
