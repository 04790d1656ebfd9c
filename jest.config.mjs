// Each project is one host: Jest finds `index.weapp.ts` and its like through the order of the extensions.
const extensionsOf = (host) => [`${host}.ts`, `${host}.tsx`, 'ts', 'tsx', 'mjs', 'cjs', 'js', 'json']

const swc = [
  '@swc/jest',
  {
    jsc: {
      parser: { syntax: 'typescript', tsx: true },
      transform: { react: { runtime: 'automatic' } },
      target: 'es2022',
    },
    module: { type: 'commonjs' },
  },
]

const base = {
  testEnvironment: 'node',
  transform: { '\\.(ts|tsx|mts|mjs|js|jsx)$': swc },
  // These packages ship ES modules only.
  transformIgnorePatterns: ['node_modules/(?!(@tarojs|@stencil|lodash-es|valibot|uqr|swiper|dom7|ssr-window)/)'],
  moduleNameMapper: {
    '^@/(.*)$': '<rootDir>/src/$1',
    '\\.(scss|css)$': '<rootDir>/test/support/style.cjs',
    '\\.(png|svg)$': '<rootDir>/test/support/style.cjs',
  },
  globals: { CITY_ADDRESSES: {}, APP_VERSION: '0.0.0-test' },
}

const host = (name) => ({
  ...base,
  displayName: name,
  moduleFileExtensions: extensionsOf(name),
  testMatch: ['<rootDir>/test/platform/**/*.test.ts'],
})

export default {
  projects: [
    {
      ...base,
      displayName: 'unit',
      moduleFileExtensions: extensionsOf('weapp'),
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      testPathIgnorePatterns: ['/node_modules/', '/test/(platform|pages|components|journeys)/'],
    },
    host('weapp'),
    host('alipay'),
    host('h5'),
    {
      ...base,
      displayName: 'pages',
      testEnvironment: 'jsdom',
      moduleFileExtensions: extensionsOf('h5'),
      testMatch: ['<rootDir>/test/(pages|components)/**/*.test.(ts|tsx)', '<rootDir>/test/**/*.test.tsx'],
      testPathIgnorePatterns: ['/node_modules/', '/test/journeys/'],
    },
    // Browser walks need a sandbox and a build: only `JOURNEYS=1` asks for them.
    ...(process.env.JOURNEYS
      ? [
          {
            ...base,
            displayName: 'journeys',
            moduleFileExtensions: extensionsOf('h5'),
            testMatch: ['<rootDir>/test/journeys/**/*.test.ts'],
          },
        ]
      : []),
  ],
  testTimeout: process.env.JOURNEYS ? 120_000 : 10_000,
}
