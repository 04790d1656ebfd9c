import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

const root = path.resolve(__dirname, '../..')
const documents = ['README.md', 'README.zh-CN.md', 'CONTRIBUTING.md', 'SECURITY.md', 'config/taro/lean/README.md']
const rooms = readdirSync(root).filter((name) => !name.startsWith('.') && name !== 'LICENSE')
const below = ['', 'src', 'test', 'test/journeys', 'src/pages/paying/parts', 'config', 'config/taro/lean', 'scripts']
const made = ['dist/weapp', 'dist/alipay', 'node_modules']

/** Words of a document that name a file or a folder: in backticks, in links and in the pictures. */
function pathsIn(text: string): string[] {
  const named = [...text.matchAll(/`([\w@./-]+)`|\]\(([\w./-]+)\)|<br\/>([\w./-]+)["<]/g)].map(
    ([, quoted, linked, drawn]) => quoted ?? linked ?? drawn ?? '',
  )
  return named.filter((name) => isPath(name) && !made.includes(name))
}

/** `scene=…`, `my.request` and `@tarojs/taro` are none. */
const isPath = (name: string) =>
  !name.startsWith('@') &&
  (/\.(tsx?|[mc]?js|json|ya?ml|md|cjs|png|grit)$/.test(name) || /^[a-z]+\/[\w./-]*$/.test(name))

const files = rooms
  .filter((name) => !['node_modules', 'dist', 'coverage'].includes(name))
  .flatMap((name) =>
    name.includes('.') ? [name] : readdirSync(path.join(root, name), { recursive: true, encoding: 'utf8' }),
  )

/** Named so that nobody adds it. */
const warnedOf = ['app.d.ts']

/** A name without a folder, or an ending, is of some file. */
const exists = (name: string) =>
  warnedOf.includes(name) ||
  below.some((room) => existsSync(path.join(root, room, name))) ||
  (!name.includes('/') && files.some((file) => file.endsWith(name)))

test.each(documents)('%s names only files and folders that exist', (document) => {
  const text = readFileSync(path.join(root, document), 'utf8')
  expect(pathsIn(text).filter((name) => !exists(name))).toEqual([])
})

test('a path that does not exist is found, in the text, in a link and in a picture', () => {
  const text =
    'See `src/gone.ts`, [this](GONE.md), `gone/`, "a page<br/>pages/gone/page"; not `my.request` or `@tarojs/taro`.'
  expect(pathsIn(text).filter((name) => !exists(name))).toEqual(['src/gone.ts', 'GONE.md', 'gone/', 'pages/gone/page'])
})

test.each(['README.md', 'README.zh-CN.md'])('%s says where each room is, and no other', (document) => {
  const tree = /```\n(contract\/[\s\S]*?)```/.exec(readFileSync(path.join(root, document), 'utf8'))?.[1] ?? ''
  let room = ''
  const listed = [...tree.matchAll(/^( *)([\w.-]+)/gm)].map(([, indent = '', name = '']) => {
    if (indent === '') room = name
    return indent === '' ? name : `${room}/${name}`
  })
  expect(listed.length).toBeGreaterThan(20)
  expect(listed.filter((name) => !existsSync(path.join(root, name)))).toEqual([])
  const own = readdirSync(path.join(root, 'src'), { withFileTypes: true }).filter((entry) => entry.isDirectory())
  expect(own.map(({ name }) => `src/${name}`).filter((name) => !listed.includes(name))).toEqual([])
})
