import postcss from 'postcss'
import { type Bundle, resolveFrom } from './bundle'
import type { Phone } from './phone'
import { valueIn } from './view'

/** What hosts give their built-in components before the app's own styles. */
const builtIns = `
  html, body { margin: 0; height: 100%; }
  wx-page { display: block; min-height: 100%; font-size: 16px; line-height: 1.4; }
  wx-view, wx-scroll-view { display: block; }
  wx-scroll-view { overflow: auto; }
  wx-text { display: inline; white-space: pre-line; }
  wx-image { display: inline-block; width: 320px; height: 240px; overflow: hidden; background-size: 100% 100%; }
  wx-button { display: block; box-sizing: border-box; text-align: center; }
  input, textarea { display: block; box-sizing: border-box; min-height: 22px; margin: 0; padding: 0; border: 0; background: none; color: inherit; font: inherit; outline: 0; }
  .bar { display: flex; justify-content: center; align-items: center; height: 44px; font: 600 17px sans-serif; }
`

/**
 * The shown page as a document of its own, for a browser that can lay it out: the tree as WeChat's framework has drawn it,
 * and the bundle's own styles. Built-in components become elements of other names, since HTML reads `image` as something else.
 */
export function paint(phone: Phone, bundle: Bundle): string {
  const styles = ['app', phone.page].map((file) => stylesOf(bundle, `${file}.wxss`)).join('\n')
  const bar = `<div class="bar">${escaped(phone.title)}</div>`
  return `<!doctype html><html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<style>${builtIns}</style><style>${styles}</style></head><body>${bar}${htmlOf(phone.root)}</body></html>`
}

const cached = new WeakMap<Bundle, Map<string, string>>()

/** A style sheet with what it imports, in a browser's words. */
function stylesOf(bundle: Bundle, file: string): string {
  const known = cached.get(bundle) ?? new Map<string, string>()
  cached.set(bundle, known)
  const said = known.get(file)
  if (said !== undefined) return said
  const sheet = postcss.parse(bundle.files.get(file) ?? '')
  let imported = ''
  sheet.walkAtRules('import', (rule) => {
    const name = /"([^"]+)"/.exec(rule.params)?.[1]
    if (name) imported += stylesOf(bundle, resolveFrom(file, name))
    rule.remove()
  })
  sheet.walkRules((rule) => {
    rule.selector = rule.selector.replace(/(^|[\s>+~,(])(page|view|text|image|button|scroll-view)(?![\w-])/g, '$1wx-$2')
  })
  sheet.walkDecls((rule) => {
    rule.value = rule.value.replace(/([\d.]+)rpx/g, (_, size) => `${Number(size) / 2}px`)
  })
  const text = imported + sheet.toString()
  known.set(file, text)
  return text
}

function htmlOf(node: Node): string {
  if (node.nodeType === 3) return escaped(node.textContent ?? '')
  if (node.nodeType !== 1) return ''
  const element = node as Element
  const tag = element.tagName.toLowerCase()
  const kept = [
    'id',
    'class',
    'style',
    'placeholder',
    'aria-role',
    'aria-label',
    'aria-hidden',
    'aria-disabled',
    'disabled',
  ]
  const attributes = kept.flatMap((name) => {
    const value = element.getAttribute(name)
    return value ? [` ${name === 'aria-role' ? 'role' : name}="${escaped(value)}"`] : []
  })
  if (tag === 'input') return `<input${attributes.join('')} value="${escaped(valueIn(element))}">`
  if (tag === 'textarea') return `<textarea${attributes.join('')}>${escaped(valueIn(element))}</textarea>`
  const source = tag === 'image' ? ` data-source="${escaped(element.getAttribute('src') ?? '')}"` : ''
  const inside = Array.from(element.childNodes).map(htmlOf).join('')
  return `<wx-${tag}${attributes.join('')}${source}>${inside}</wx-${tag}>`
}

const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;')
