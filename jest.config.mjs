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
  transformIgnorePatterns: ['<rootDir>/node_modules/(?!(valibot|uqr|fastify-openapi-glue|@seriousme)/)'],
  moduleNameMapper: {
    // Before the alias: a style sheet is a stub, wherever it is.
    '\\.(scss|css)$': '<rootDir>/test/support/style.cjs',
    '\\.(png|svg)$': '<rootDir>/test/support/style.cjs',
    '^@/(.*)$': '<rootDir>/src/$1',
  },
  globals: { CITY_ADDRESSES: {}, CITY_CENTRES: {}, APP_VERSION: '0.0.0-test' },
}

/** Pages in jsdom: Taro's components as in the browser, its API from one file of ours; the switches are constants of the build. */
const browser = {
  // Taro's browser build pulls in dozens of packages that ship ES modules only.
  transformIgnorePatterns: ['<rootDir>/node_modules/(react|react-dom|scheduler|@testing-library)/'],
  moduleNameMapper: {
    ...base.moduleNameMapper,
    '^@tarojs/components$': '<rootDir>/node_modules/@tarojs/components/lib/react/index.js',
    // Taro's own browser runtime needs a router and an app around a page.
    '^@tarojs/taro$': '<rootDir>/test/support/taro.ts',
  },
  globals: {
    ...base.globals,
    ENABLE_INNER_HTML: true,
    ENABLE_ADJACENT_HTML: true,
    ENABLE_SIZE_APIS: true,
    ENABLE_TEMPLATE_CONTENT: true,
    ENABLE_CLONE_NODE: true,
    ENABLE_CONTAINS: true,
    ENABLE_MUTATION_OBSERVER: true,
    DEPRECATED_ADAPTER_COMPONENT: false,
  },
}

const host = (name) => ({
  ...base,
  // The contract of the platform runs over each host's own Taro runtime, which ships ES modules.
  transformIgnorePatterns: ['<rootDir>/node_modules/(?!(@tarojs|lodash-es)/)'],
  displayName: name,
  moduleFileExtensions: extensionsOf(name),
  testMatch: ['<rootDir>/test/platform/**/*.test.ts'],
  // The preview has no host that could stay silent: its panel plays one.
  testPathIgnorePatterns: ['/node_modules/', `/test/platform/${name === 'h5' ? 'host-answers' : 'preview-host'}`],
})

export default {
  projects: [
    {
      ...base,
      displayName: 'unit',
      moduleFileExtensions: extensionsOf('weapp'),
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      testPathIgnorePatterns: ['/node_modules/', '/test/(platform|pages|components|preview|shipped|journeys)/'],
    },
    host('weapp'),
    host('alipay'),
    host('h5'),
    {
      ...base,
      ...browser,
      displayName: 'pages',
      testEnvironment: 'jsdom',
      moduleFileExtensions: extensionsOf('h5'),
      testMatch: ['<rootDir>/test/(pages|components)/**/*.test.(ts|tsx)', '<rootDir>/test/**/*.test.tsx'],
      testPathIgnorePatterns: ['/node_modules/', '/test/preview/'],
    },
    // Walks through the preview in a browser, after it was built: only `WALKS=1` asks for them.
    ...(process.env.WALKS
      ? [
          {
            ...base,
            displayName: 'walks',
            moduleFileExtensions: extensionsOf('h5'),
            testMatch: ['<rootDir>/test/preview/**/*.test.ts'],
          },
        ]
      : []),
    // What the production builds hold: only after `npm run build`, so only `SHIPPED=1` asks for it.
    ...(process.env.SHIPPED
      ? [{ ...base, displayName: 'shipped', testMatch: ['<rootDir>/test/shipped/**/*.test.ts'] }]
      : []),
    // Journeys on the compiled mini-programs: after `npm run build` as well.
    ...(process.env.JOURNEYS
      ? [{ ...base, displayName: 'journeys', testMatch: ['<rootDir>/test/journeys/**/*.test.ts'] }]
      : []),
  ],
  testTimeout: process.env.JOURNEYS || process.env.WALKS ? 120_000 : 10_000,
}
