import { readFileSync } from 'node:fs'
import path from 'node:path'
import postcss from 'postcss'
import { type BarStyle, type Bundle, resolveFrom } from './bundle'
import type { Phone } from './phone'
import { valueIn } from './view'

/** What hosts give their built-in components before the app's own styles. */
const builtIns = `
  body { margin: 0; }
  wx-page { display: block; min-height: var(--window); font-size: 16px; line-height: 1.4; }
  wx-view, wx-scroll-view { display: block; }
  wx-scroll-view { overflow: auto; }
  wx-text { display: inline; white-space: pre-line; }
  wx-image { display: inline-block; width: 320px; height: 240px; overflow: hidden; background-size: 100% 100%; }
  wx-button { display: block; box-sizing: border-box; text-align: center; }
  wx-input { display: flex; align-items: center; box-sizing: border-box; min-height: 22px; overflow: hidden; white-space: pre; }
  wx-input wx-text { white-space: pre; }
  wx-textarea { display: block; box-sizing: border-box; height: 150px; overflow: hidden; white-space: pre-wrap; }
  * { animation: none !important; transition: none !important; }
  body { display: flex; flex-direction: column; min-height: 100vh; --window: calc(100vh - 44px); }
  body.tabbed { --window: calc(100vh - 94px); }
  .bar { display: flex; justify-content: center; align-items: center; height: 44px; font: 600 17px sans-serif; }
  .window { flex: 1; transform: translateZ(0); }
  .tabs { position: sticky; bottom: 0; z-index: 1; display: flex; height: 50px; box-shadow: 0 -0.5px 0 #8884; }
  .tabs div { flex: 1; display: flex; flex-direction: column; align-items: center; justify-content: center; font: 10px sans-serif; }
  .tabs img { width: 26px; height: 26px; }
`

/**
 * The shown page as a document of its own, for a browser that can lay it out: the tree as WeChat's framework rendered it,
 * the bundle's own styles, and the host's bars. Built-in components become elements of other names, since HTML reads `image`
 * as something else. The page has a window of its own between the bars, as on a phone; nothing in it moves.
 */
export function paint(phone: Phone, bundle: Bundle): string {
  const styles = ['app', phone.page].map((file) => stylesOf(bundle, `${file}.wxss`)).join('\n')
  const tabs = tabsOf(phone, bundle)
  return `<!doctype html><html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<style>${builtIns}</style><style>${styles}</style></head><body class="${tabs && 'tabbed'}">
<div class="bar" style="${colours(phone.bars.shown)}">${escaped(phone.title)}</div>
<div class="window">${htmlOf(phone.root)}</div>${tabs}</body></html>`
}

function tabsOf({ bars, page }: Phone, bundle: Bundle): string {
  if (!bars.areTabsShown || !bundle.tabs.some((tab) => tab.page === page)) return ''
  const tabs = bundle.tabs.map(({ page: own, icons }, index) => {
    const isShown = own === page
    const icon = readFileSync(path.join(bundle.folder, icons[isShown ? 1 : 0])).toString('base64')
    const colour = isShown ? bars.tabStyle.selected : bars.tabStyle.front
    return `<div style="color: ${colour}"><img src="data:image/png;base64,${icon}">${escaped(bars.tabs[index] ?? '')}</div>`
  })
  return `<div class="tabs" style="${colours(bars.tabStyle)}">${tabs.join('')}</div>`
}

const colours = ({ front, ground }: BarStyle) => `color: ${front}; background: ${ground}`

const cached = new WeakMap<Bundle, Map<string, string>>()

/** A style sheet with what it imports, in a browser's words. */
function stylesOf(bundle: Bundle, file: string): string {
  const known = cached.get(bundle) ?? new Map<string, string>()
  cached.set(bundle, known)
  const encoded = known.get(file)
  if (encoded !== undefined) return encoded
  const sheet = postcss.parse(bundle.files.get(file) ?? '')
  let imported = ''
  sheet.walkAtRules('import', (rule) => {
    const name = /"([^"]+)"/.exec(rule.params)?.[1]
    if (name) imported += stylesOf(bundle, resolveFrom(file, name))
    rule.remove()
  })
  sheet.walkRules((rule) => {
    rule.selector = rule.selector.replace(
      /(^|[\s>+~,(])(page|view|text|image|button|input|textarea|scroll-view)(?![\w-])/g,
      '$1wx-$2',
    )
  })
  sheet.walkDecls((rule) => {
    rule.value = rule.value
      .replace(/([\d.]+)rpx/g, (_, size) => `${Number(size) / 2}px`)
      .replace('100vh', 'var(--window)')
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
  if (tag === 'input' || tag === 'textarea') return `<wx-${tag}${attributes.join('')}>${inField(element)}</wx-${tag}>`
  const source = tag === 'image' ? ` data-source="${escaped(element.getAttribute('src') ?? '')}"` : ''
  const inside = Array.from(element.childNodes).map(htmlOf).join('')
  return `<wx-${tag}${attributes.join('')}${source}>${inside}</wx-${tag}>`
}

/** The typed text, or the placeholder in its own style; hosts render both themselves. */
function inField(element: Element): string {
  const value = valueIn(element)
  if (value) return escaped(value)
  const hint = element.getAttribute('placeholder') ?? ''
  return hint && `<wx-text class="${element.getAttribute('placeholder-class') ?? ''}">${escaped(hint)}</wx-text>`
}

const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;')
