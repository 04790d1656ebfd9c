// The validators of all answers, one module for each tag of the contract and one of what several of them hold: a sub-package
// then ships those of its own journey, and the main package does not.
import { parse } from 'yaml'

const schema = '#/components/schemas/'

/** Every `$ref` within a part of the contract. */
function refs(part) {
  if (Array.isArray(part)) return part.flatMap(refs)
  if (typeof part !== 'object' || part === null) return []
  return Object.entries(part).flatMap(([key, value]) => (key === '$ref' ? [value] : refs(value)))
}

/** The tags whose answers hold a schema, by the schema's name. */
function tagsOf(document) {
  const tags = new Map()
  const target = (ref) =>
    ref
      .slice(2)
      .split('/')
      .reduce((part, name) => part[name], document)
  const walk = (ref, tag) => {
    const name = ref.startsWith(schema) ? ref.slice(schema.length) : ref
    const known = tags.get(name) ?? new Set()
    if (known.has(tag)) return
    tags.set(name, known.add(tag))
    for (const inner of refs(target(ref))) walk(inner, tag)
  }
  for (const methods of Object.values(document.paths))
    for (const { tags: [tag] = [], responses = {} } of Object.values(methods))
      for (const [status, response] of Object.entries(responses))
        for (const ref of refs(response)) walk(ref, status.startsWith('2') ? tag : 'problems')
  return tags
}

const written = '// This file is generated from contract/openapi.yaml by scripts/validators.mjs\n'

/** Modules by file name, from all validators in one text and the contract. The app sends requests, so theirs are left out. */
export function validatorModules(source, contract) {
  const tags = tagsOf(parse(contract))
  const [head, ...chunks] = source.split(/\n\n(?=export const |\/\*\*)/)
  const reading = head.match(/import { (.*) } from '..\/answers';/)[1].split(', ')
  const homes = new Map(reading.map((name) => [name, '../../answers']))
  const modules = new Map()
  for (const chunk of chunks) {
    const [, name] = chunk.match(/^export const v(\w+) = /m)
    const [holder, another] = tags.get(name) ?? []
    if (!holder) continue
    const file = another ? 'shared.gen' : `${holder}.gen`
    homes.set(`v${name}`, `./${file}`)
    modules.set(file, [...(modules.get(file) ?? []), chunk])
  }
  const files = [...modules].map(([file, own]) => {
    const code = own.join('\n\n').trim()
    const statements = code.replace(/\/\*\*.*?\*\//gs, '')
    const imports = new Map()
    for (const [name, home] of homes)
      if (home !== `./${file}` && new RegExp(`[^\\w.]${name}\\b(?!:)`).test(statements))
        imports.set(home, [...(imports.get(home) ?? []), name])
    const lines = [...imports].map(([home, names]) => `import { ${names.join(', ')} } from '${home}';`)
    return [`${file}.ts`, `${written}\nimport * as v from 'valibot';\n${lines.join('\n')}\n\n${code}\n`]
  })
  const all = files.map(([file]) => `export * from './${file.slice(0, -3)}';`)
  return new Map([...files, ['all.gen.ts', `${written}\n// For tests: it ships every validator.\n${all.join('\n')}\n`]])
}
