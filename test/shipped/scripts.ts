import { foreignGlobals, laterGlobals, laterMethods, laterStatics, newestSyntax } from '../engine/old-engines'
import { freeNames, type Node, nodesOf } from './names'
import type { ShippedHost } from './output'

const acorn = jest.requireActual<typeof import('acorn')>('acorn')

const lackedGlobals = [...laterGlobals, ...foreignGlobals]

/** Every engine has the last three, and each gives another answer. */
const lackedMethods = [
  ...Object.values(laterMethods)
    .flat()
    // `with` and its like may be a member of anything.
    .filter((name) => name !== 'with'),
  ...['toLocaleString', 'toLocaleDateString', 'toLocaleTimeString'],
]

const foreign: Record<ShippedHost, string> = { weapp: 'my', alipay: 'wx' }

/** Webpack's way to the global object: tried last, and caught where a mini-program forbids it. */
const excused: Record<string, readonly string[]> = { 'runtime.js': ['makes code from text'] }

const known = new Map<string, readonly string[]>()

/** What an old engine would stumble over, or what belongs to the other host. By syntax tree: text would find strings. */
export function scriptFaults(host: ShippedHost, name: string, text: string): readonly string[] {
  const key = `${host} ${text}`
  const before = known.get(key)
  const faults = before ?? look(host, text)
  known.set(key, faults)
  return faults.filter((fault) => !excused[name]?.includes(fault)).map((fault) => `${name}: ${fault}`)
}

function look(host: ShippedHost, text: string): string[] {
  const program = parse(text)
  if (typeof program === 'string') return [program]
  const faults = new Set<string>()
  for (const name of freeNames(program)) {
    if (name === foreign[host]) faults.add(`calls the other host: ${name}`)
    if (lackedGlobals.includes(name)) faults.add(`uses ${name}`)
  }
  for (const node of nodesOf(program)) for (const fault of faultsOf(node)) faults.add(fault)
  return [...faults]
}

function faultsOf(node: Node): string[] {
  if (node.type === 'DebuggerStatement') return ['stops at a debugger statement']
  if (node.type === 'Literal' && lookbehind.test((node.regex as { pattern: string } | undefined)?.pattern ?? ''))
    return ['has a regular expression that looks behind']
  if (node.type === 'CallExpression' || node.type === 'NewExpression') return calledAmiss(node)
  return []
}

const lookbehind = /\(\?<[=!]/

function calledAmiss({ callee: called, arguments: given }: Node): string[] {
  const callee = called as Node
  const first = (given as Node[])[0]
  if (callee.name === 'RegExp' && lookbehind.test(String(first?.value)))
    return ['has a regular expression that looks behind']
  if (callee.name === 'Function') return ['makes code from text']
  if (callee.type !== 'MemberExpression' || callee.computed) return []
  const object = (callee.object as Node).name
  const member = String((callee.property as Node).name)
  if (typeof object === 'string' && laterStatics[object]?.includes(member)) return [`calls ${object}.${member}`]
  return lackedMethods.includes(member) ? [`calls .${member}()`] : []
}

function parse(text: string): Node | string {
  try {
    const program: object = acorn.parse(text, { ecmaVersion: newestSyntax, sourceType: 'script' })
    return program as Node
  } catch (error) {
    return `an old engine can not parse it: ${String(error)}`
  }
}

/** What `require` is called with. */
export function requiredBy(text: string): string[] {
  const program = parse(text)
  if (typeof program === 'string') return []
  return nodesOf(program)
    .filter((node) => node.type === 'CallExpression' && (node.callee as Node).name === 'require')
    .map((node) => (node.arguments as Node[])[0]?.value)
    .filter((value) => typeof value === 'string')
}
