import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'
import { used } from '../../config/taro/built-in-components'

const sources = path.resolve(__dirname, '../../src')

/** On every component of a host, or read by Taro and React alone. */
const everywhere = ['className', 'style', 'id', 'key', 'compileMode', 'onClick', 'catchMove']

/** `hoverClass` stands in the table as `hover-class`, `onInput` as `bindInput`. */
const asWritten = (attribute: string) => attribute.toLowerCase().replace(/^bind/, 'on').replace(/-/g, '')

/** `Input.onInput` and its like: what a file sets of the host's own components, spread objects included. */
function attributesSetIn(text: string): string[] {
  const file = ts.createSourceFile('view.tsx', text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX)
  const names = new Map<string, string>()
  const found: string[] = []
  const visit = (node: ts.Node) => {
    if (ts.isImportSpecifier(node) && node.parent.parent.parent.moduleSpecifier.getText() === "'@tarojs/components'")
      names.set(node.name.text, (node.propertyName ?? node.name).text)
    if (ts.isJsxOpeningLikeElement(node)) {
      const name = names.get(node.tagName.getText())
      if (name) for (const attribute of node.attributes.properties.flatMap(namesIn)) found.push(`${name}.${attribute}`)
    }
    ts.forEachChild(node, visit)
  }
  visit(file)
  return found
}

function namesIn(node: ts.Node): string[] {
  if (ts.isJsxAttribute(node)) return [node.name.getText()]
  if (ts.isObjectLiteralExpression(node)) return node.properties.map((property) => property.name?.getText() ?? '')
  // What `a11y()` is given are no attributes.
  if (ts.isCallExpression(node)) return []
  const found: string[] = []
  ts.forEachChild(node, (child) => {
    found.push(...namesIn(child))
  })
  return found
}

const isInTable = (component: string, attribute: string) =>
  everywhere.includes(attribute) ||
  /^(aria-|role$)/.test(attribute) ||
  (used[component] ?? []).some((known) => asWritten(known) === asWritten(attribute))

test('every attribute that a view sets is in the templates', () => {
  const all = readdirSync(sources, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.tsx'))
    .flatMap((file) => attributesSetIn(readFileSync(path.join(sources, file), 'utf8')))
  expect(all).toContain('Input.onConfirm')
  expect(all).toContain('ScrollView.scrollTop')
  expect(all.filter((each) => !isInTable(...(each.split('.') as [string, string])))).toEqual([])
})
