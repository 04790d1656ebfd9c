import { readFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'
import type { HostName } from '../../engine/bundle'

const modules = path.join(__dirname, '..', '..', '..', 'node_modules')
const typings: Record<HostName, readonly string[]> = {
  wechat: ['miniprogram-api-typings/types/wx/lib.wx.api.d.ts'],
  alipay: ['@mini-types/my/types/lib.my.d.ts', '@mini-types/my/types/lib.my.extra.d.ts'],
}
const read = new Map<HostName, ReadonlySet<string>>()

/** Every member of `wx` or `my`, as the vendor's own typings list them. */
export function vendorNames(host: HostName): ReadonlySet<string> {
  const known = read.get(host)
  if (known) return known
  const names = new Set<string>()
  const visit = (node: ts.Node) => {
    if (host === 'wechat' && ts.isInterfaceDeclaration(node) && node.name.text === 'Wx') {
      for (const member of node.members) if (member.name && ts.isIdentifier(member.name)) names.add(member.name.text)
    }
    if (
      host === 'alipay' &&
      ts.isModuleDeclaration(node) &&
      node.name.text === 'my' &&
      node.body &&
      ts.isModuleBlock(node.body)
    ) {
      for (const each of node.body.statements) addDeclared(each, names)
    }
    ts.forEachChild(node, visit)
  }
  for (const file of typings[host]) {
    const text = readFileSync(path.join(modules, file), 'utf8')
    visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, false))
  }
  if (names.size < 200) throw new Error(`Only ${names.size} members found for ${host}`)
  read.set(host, names)
  return names
}

function addDeclared(statement: ts.Statement, names: Set<string>) {
  if (ts.isFunctionDeclaration(statement) && statement.name) names.add(statement.name.text)
  if (ts.isVariableStatement(statement)) {
    for (const { name } of statement.declarationList.declarations) if (ts.isIdentifier(name)) names.add(name.text)
  }
}
