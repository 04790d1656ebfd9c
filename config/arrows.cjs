// Which folder may import which, with the reason. `npm run arrows` checks the tree; `npm run arrows -- <root>` another one.
const path = require('node:path')

const root = process.cwd()

/** A folder of src/ and what it may not reach. */
const arrow = (from, to, reason) => ({
  name: reason,
  severity: 'error',
  from: { path: `^src/${from}/` },
  to: { path: to },
})

const rooms = (...names) => `^src/(${names.join('|')})/`
const packages = (...names) => `(^|/)node_modules/(${names.join('|')})(/|$)`

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    arrow(
      'domain',
      rooms('app', 'pages', 'components', 'stores', 'services', 'platform', 'text', 'theme'),
      'domain imports nothing of ours: its rules must be readable and testable alone',
    ),
    arrow('domain', packages('@tarojs', 'react', 'zustand'), 'domain knows no framework: its rules outlive the views'),
    arrow(
      'platform',
      rooms('pages', 'components', 'stores', 'services', 'text', 'theme'),
      'platform imports only domain: it is the host, and knows nothing of the app',
    ),
    arrow(
      'services',
      rooms('pages', 'components', 'stores', 'text', 'theme'),
      'services import only domain and platform: what a citizen reads is decided by pages',
    ),
    arrow('services', packages('@tarojs', 'react'), 'services reach the host through platform only'),
    arrow(
      'stores',
      rooms('pages', 'components', 'text', 'theme'),
      'stores import only domain, platform and services: state does not know its views',
    ),
    arrow('stores', packages('@tarojs'), 'stores reach the host through platform only'),
    arrow(
      'text',
      rooms('pages', 'components', 'stores', 'services', 'platform', 'theme'),
      'text imports only domain: words depend on facts, not on screens',
    ),
    arrow(
      'theme',
      rooms('pages', 'components', 'stores', 'services', 'platform', 'text'),
      'theme imports only domain: colours and sizes depend on nothing',
    ),
    arrow(
      'components',
      rooms('pages', 'stores', 'services', 'platform'),
      'components import only domain, text and theme: props in, events out',
    ),
    {
      name: 'only platform talks to @tarojs/taro outside pages: everything else asks Platform',
      severity: 'error',
      from: { path: '^src/(components|text|theme)/' },
      to: { path: packages('@tarojs/taro') },
    },
    {
      name: 'a page never imports another journey: journeys meet in routes.ts, else their code lands in one package',
      severity: 'error',
      from: { path: '^src/pages/([^/]+)/' },
      to: { path: '^src/pages/[^/]+/', pathNot: '^src/pages/$1/' },
    },
    {
      name: 'what pages share (routes.ts, queries/use-load.ts) imports no page: it sits in the main package',
      severity: 'error',
      from: { path: '^src/pages/[^/]+$' },
      to: { path: '^src/pages/[^/]+/' },
    },
    {
      name: 'the sandbox imports the contract only: it must be able to disagree with the app',
      severity: 'error',
      from: { path: '^sandbox/' },
      to: { path: '^(src|test|config)/' },
    },
    {
      name: 'the app never imports the sandbox, its tests or its build: they must not ship',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(sandbox|test|config)/' },
    },
    {
      name: 'no circles: two files that need each other are one file',
      severity: 'error',
      from: { path: '^(src|sandbox)/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'every import resolves: an arrow to a file that is not found would pass unseen',
      severity: 'error',
      from: { path: '^(src|sandbox)/' },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.(scss|css)$' },
    tsPreCompilationDeps: true,
    baseDir: root,
    // platform/ has a file for each host and none without suffix.
    enhancedResolveOptions: {
      extensions: ['.weapp.ts', '.weapp.tsx', '.ts', '.tsx', '.js', '.cjs', '.mjs', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types', 'typings'],
    },
    webpackConfig: { fileName: path.join(__dirname, 'arrows-resolve.cjs') },
  },
}
