import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'

const root = path.resolve(__dirname, '../..')
const notOurs = ['node_modules', 'dist', '.git', '.cache', '.swc', 'coverage', '.stryker-tmp']

/** Keys that open or sign something, by their shape. */
const shapes: Record<string, RegExp> = {
  'private key': /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  'private key without its header': /\bMII[A-Za-z0-9+/=\n]{300,}/,
  'Alibaba Cloud key': /\bLTAI[A-Za-z0-9]{12,}\b/,
  'Tencent Cloud key': /\bAKID[A-Za-z0-9]{13,}\b/,
  'Amazon key': /\bAKIA[A-Z0-9]{16}\b/,
  'GitHub token': /\b(gh[pousr]_[A-Za-z0-9]{36}|github_pat_\w{50,})/,
  'npm token': /\bnpm_[A-Za-z0-9]{36}\b/,
  'Slack token': /\bxox[abprs]-[A-Za-z0-9-]{20,}/,
  'signed token': /\beyJ[\w-]{15,}\.eyJ[\w-]{15,}\.[\w-]{20,}/,
  'WeChat program': /\bwx[0-9a-f]{16}\b/,
  'password in an address': /\b\w+:\/\/[\w-]+:[^\s:@/'"`${}]{6,}@(?!host\b|127\.|localhost\b|\[::1\])/,
  'secret in quotes':
    /(secret|password|private_?key|api_?key|access_?token)["']?\s*[:=]\s*["'][A-Za-z0-9+/_=-]{24,}["']/i,
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (notOurs.includes(entry.name)) return []
    const at = path.join(folder, entry.name)
    if (entry.isDirectory()) return filesBelow(at)
    return entry.isFile() && !/\.(png|tsbuildinfo)$/.test(entry.name) ? [at] : []
  })
}

/** Never the key itself: what a check prints is read by many. */
const keysIn = (folder: string) =>
  filesBelow(folder).flatMap((file) => {
    const text = readFileSync(file, 'utf8')
    const found = Object.keys(shapes).filter((name) => shapes[name]?.test(text))
    return found.map((name) => `${path.relative(folder, file)}: ${name}`)
  })

test('no file of the project holds a key', () => {
  expect(keysIn(root)).toEqual([])
})

// In two halves, so that this file holds none.
const planted: [keyof typeof shapes, string][] = [
  ['private key', '-----BEGIN RSA ' + 'PRIVATE KEY-----'],
  ['private key without its header', `const key = '${'MII'}${'EvQIBADANBgkq'.repeat(30)}'`],
  ['Alibaba Cloud key', `${'LTAI'}5tFq8v1kZxYpQm3n7B2c`],
  ['Tencent Cloud key', `${'AKID'}z8krbsJ5yKBZQpn74WFkmLPx3`],
  ['Amazon key', `${'AKIA'}IOSFODNN7EXAMPLE`],
  ['GitHub token', `${'ghp_'}${'a1B2c3D4e5F6'.repeat(3)}`],
  ['npm token', `${'npm_'}${'a1B2c3D4e5F6'.repeat(3)}`],
  ['Slack token', `${'xoxb-'}123456789012-abcdefghijkl`],
  ['signed token', `${'eyJ'}hbGciOiJIUzI1NiJ9.${'eyJ'}zdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N`],
  ['WeChat program', `"appid": "${'wx'}${'1a2b3c4d'.repeat(2)}"`],
  ['password in an address', `postgres://city:${'hunter2hunter2'}@10.0.0.4:5432/city`],
  ['secret in quotes', `app${'Secret'}: '${'0f1e2d3c'.repeat(4)}'`],
]

test.each(planted)('a %s is found', (name, text) => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'keys-'))
  writeFileSync(path.join(folder, 'planted.ts'), `${text}\n`)
  expect(keysIn(folder)).toContain(`planted.ts: ${name}`)
})
