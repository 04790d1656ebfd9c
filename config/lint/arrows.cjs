// Which room may import which, with the reason. `npm run arrows` checks the tree; `npm run arrows -- <root>` another one.
const path = require('node:path')

const root = process.cwd()

/** A room of src/, the rooms it may import, and why no more. */
const rooms = [
  ['domain', [], 'its rules must be readable and testable alone'],
  ['text', ['domain'], 'words depend on facts, not on screens'],
  ['theme', ['domain'], 'colours and sizes depend on nothing'],
  ['platform', ['domain'], 'it is the host, and knows nothing of the app'],
  ['services', ['domain', 'platform'], 'what a citizen reads is decided by pages'],
  ['stores', ['domain', 'platform', 'services'], 'state does not know its views'],
  ['components', ['domain', 'text', 'theme'], 'props in, events out'],
]
const below = ['domain', 'text', 'theme', 'platform', 'services', 'stores']
const shared = ['routes.ts', 'lifecycle', 'queries']
rooms.push(
  ['lifecycle', [...below, ...shared], 'it knows when a page may do something, not what it shows'],
  ['queries', [...below, ...shared], 'they read a city for a page, and show nothing'],
  ['parts', [...below, ...shared, 'components', 'parts'], 'they are in the main package, and pages are not'],
)

/** `src/…` of these rooms; `routes.ts` is a file. */
const pathOf = (names) =>
  `^src/(${names.map((name) => (name.endsWith('.ts') ? name.replace('.', '\\.') : `${name}/`)).join('|')})`
const packages = (...names) => `(^|/)node_modules/(${names.join('|')})(/|$)`

/** @type {import('dependency-cruiser').IConfiguration['forbidden']} */
const arrows = rooms.map(([room, reached, reason]) => ({
  name: `${room} imports ${reached.join(', ') || 'nothing of ours'}: ${reason}`,
  severity: 'error',
  from: { path: pathOf([room]) },
  to: { path: '^src/', pathNot: pathOf([room, ...reached]) },
}))

const refuse = (name, from, to) => ({ name, severity: 'error', from, to })

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...arrows,
    refuse(
      'domain and contract know no framework: rules outlive the views',
      { path: '^(src/domain|contract)/' },
      { path: packages('@tarojs', 'react', 'zustand') },
    ),
    refuse(
      'only platform, lifecycle, queries, parts and pages talk to @tarojs/taro: everything else asks Platform',
      { path: '^src/(components|text|theme|services|stores)/' },
      { path: packages('@tarojs/taro') },
    ),
    refuse('services know no views', { path: '^src/services/' }, { path: packages('react') }),
    refuse(
      'a page never imports another journey: journeys meet in routes.ts, else their code lands in one package',
      { path: '^src/pages/([^/]+)/' },
      { path: '^src/pages/[^/]+/', pathNot: '^src/pages/$1/' },
    ),
    refuse(
      'pages/ holds folders only: what journeys share is in parts, queries or lifecycle',
      { path: '^src/' },
      {
        path: '^src/pages/[^/]+$',
      },
    ),
    refuse(
      'wire types and validators stop at services',
      { path: '^src/', pathNot: '^src/services/' },
      { path: '^contract/' },
    ),
    refuse(
      'the contract imports nothing of ours: everybody who speaks it imports it',
      { path: '^contract/' },
      {
        path: '^(src|city|sandbox|test|config|scripts)/',
      },
    ),
    refuse(
      'the city imports the contract only: a city’s team runs it without the app and without the sandbox',
      { path: '^city/' },
      {
        path: '^(src|sandbox|test|config|scripts)/',
      },
    ),
    refuse(
      'the sandbox imports the city and the contract only: it must be able to disagree with the app',
      { path: '^sandbox/' },
      {
        path: '^(src|test|config|scripts)/',
      },
    ),
    refuse(
      'the conformance kit imports the contract only: it must know no more of a city than its team does',
      { path: '^conformance/' },
      { path: '^(src|city|sandbox|test|config|scripts)/' },
    ),
    refuse(
      'the app never imports the city, the sandbox, its tests or its build: they must not ship',
      { path: '^src/' },
      {
        path: '^(city|sandbox|conformance|test|config|scripts)/',
      },
    ),
    refuse(
      'no circles, types included: two files that need each other are one file',
      { path: '^(src|city|sandbox|conformance)/' },
      {
        circular: true,
      },
    ),
    refuse(
      'every import resolves: an arrow to a file that is not found would pass unseen',
      { path: '^(src|city|sandbox|contract|conformance)/' },
      { couldNotResolve: true },
    ),
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
