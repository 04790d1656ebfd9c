import type { template } from 'glass-easel'
import { TmplGroup } from 'glass-easel-template-compiler'
import type { Bundle } from './bundle'

export interface Templates {
  /** The compiled template of a page or component; null when it has none. */
  of(file: string): template.ComponentTemplate | null
  /** Attributes of each built-in component that any template writes, without events, `id`, `class`, `style`, `data-…`. */
  readonly attributes: ReadonlyMap<string, ReadonlySet<string>>
  /** Names of the handlers that templates call: `eh`. */
  readonly handlers: ReadonlySet<string>
  /** The errors of WeChat's compiler. */
  readonly complaints: readonly string[]
  /** Called with the name of each missing template that is used. */
  onMissing(listener: (name: string) => void): void
}

const compiled = new WeakMap<Bundle, Templates>()

/** Compiles once for all phones that run the bundle. */
export function templatesOf(bundle: Bundle): Templates {
  const known = compiled.get(bundle)
  if (known) return known
  const templates = compile(bundle)
  compiled.set(bundle, templates)
  return templates
}

function compile(bundle: Bundle): Templates {
  const group = new TmplGroup()
  const complaints: string[] = []
  const attributes = new Map<string, Set<string>>()
  const handlers = new Set<string>()
  for (const [file, text] of bundle.files) {
    if (file.endsWith('.wxs')) group.addScript(file.slice(0, -4), text)
    if (!file.endsWith('.wxml')) continue
    for (const error of group.addTmpl(file.slice(0, -5), text)) complaints.push(`${file}: ${JSON.stringify(error)}`)
    collect(text, attributes, handlers)
  }
  let report: (name: string) => void = () => undefined
  const missing = (name: string) => {
    report(name)
    return undefined
  }
  const source = withMissing(group.getTmplGenObjectGroups())
  group.free()
  // WeChat's compiler writes JavaScript for its own framework.
  const list: { [file: string]: template.ComponentTemplate['content'] } = new Function('MISSING', `return ${source}`)(
    missing,
  )
  return {
    of: (file) => (list[file] ? { groupList: list, content: list[file] } : null),
    attributes,
    handlers,
    complaints,
    onMissing(listener) {
      report = listener
    },
  } as Templates
}

/** The framework silently renders nothing for a missing template. */
function withMissing(source: string): string {
  const lookup = ';return S[P]}'
  if (!source.includes(lookup)) throw new Error('The template compiler has changed how it looks templates up')
  return source.replaceAll(lookup, ';return S[P]||MISSING(P)}')
}

const notBuiltIn = ['template', 'import', 'include', 'wxs', 'block', 'slot']

function collect(text: string, attributes: Map<string, Set<string>>, handlers: Set<string>) {
  for (const [, tag = '', inside = ''] of text.matchAll(/<([a-z][\w-]*)((?:\s+[^\s=>"/]+(?:="[^"]*")?)*)\s*\/?>/g)) {
    if (notBuiltIn.includes(tag)) continue
    const names = attributes.get(tag) ?? new Set<string>()
    attributes.set(tag, names)
    for (const [, name = '', value = ''] of inside.matchAll(/\s([^\s=>"/]+)(?:="([^"]*)")?/g)) {
      if (/^(capture-)?(bind|catch|mut-bind):?\w/.test(name)) handlers.add(value)
      else if (!/^(wx:|data-|mark:|id$|class$|style$|slot$)/.test(name)) names.add(name)
    }
  }
}
