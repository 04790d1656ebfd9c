import { readFileSync } from 'node:fs'
import { barColours } from '@/theme/bars'

type Colours = Record<string, string>

const css = readFileSync('src/theme/tokens.scss', 'utf8')

/** The colours a block of tokens.scss sets. */
function block(selector: string): Colours {
  const start = css.indexOf(`\n${selector} {`)
  if (start < 0) throw new Error(`no ${selector} in tokens.scss`)
  const body = css.slice(start, css.indexOf('\n}', start))
  return Object.fromEntries([...body.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map((m) => [m[1], m[2]]))
}

const normal = block('.screen')
const dark = { ...normal, ...block('.screen--dark') }
const themes: Record<string, Colours> = {
  normal,
  dark,
  contrast: { ...normal, ...block('.screen--contrast') },
  // Both classes are on the page: the later block of equal weight wins, then the one that names both.
  'dark and contrast': { ...dark, ...block('.screen--contrast'), ...block('.screen--dark.screen--contrast') },
}

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function ratio(one: string, other: string): number {
  const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number]
  return (high + 0.05) / (low + 0.05)
}

/** Which words stand on which grounds. */
const text: Record<string, string[]> = {
  ink: ['paper', 'card', 'sunken', 'press', 'brand-soft', 'ok-soft', 'warn-soft', 'bad-soft', 'info-soft'],
  'ink-2': ['paper', 'card', 'sunken', 'press'],
  'ink-3': ['paper', 'card', 'sunken', 'press'],
  brand: ['paper', 'card', 'sunken', 'press', 'brand-soft'],
  'brand-ink': ['brand', 'brand-press'],
  'bad-ink': ['bad', 'bad-press'],
  ok: ['paper', 'card', 'press', 'ok-soft'],
  warn: ['paper', 'card', 'press', 'warn-soft'],
  bad: ['paper', 'card', 'press', 'bad-soft'],
  info: ['paper', 'card', 'press', 'info-soft'],
}

/** Outlines of controls, and of what is selected. */
const shapes: Record<string, string[]> = { edge: ['paper', 'card'], brand: ['paper', 'card'] }

function tooPale(pairs: Record<string, string[]>, least: number): string[] {
  const found: string[] = []
  for (const [theme, colours] of Object.entries(themes)) {
    for (const [front, grounds] of Object.entries(pairs)) {
      for (const ground of grounds) {
        const value = ratio(colours[front] ?? '', colours[ground] ?? '')
        if (!(value >= least)) found.push(`${theme}: ${front} on ${ground} is ${value.toFixed(2)}`)
      }
    }
  }
  return found
}

test('text stands out 4.5 to 1 from every ground it is put on, in every theme', () => {
  expect(tooPale(text, 4.5)).toEqual([])
})

test('high contrast gives text 7 to 1', () => {
  const names = Object.keys(themes)
  const wanting = tooPale(text, 7).filter((line) => line.startsWith('contrast') || line.startsWith('dark and'))
  expect(names).toHaveLength(4)
  expect(wanting).toEqual([])
})

test('outlines of controls stand out 3 to 1', () => {
  expect(tooPale(shapes, 3)).toEqual([])
})

test('the sums are right: black on white is 21, and a pale pair is found', () => {
  expect(ratio('#000000', '#ffffff')).toBeCloseTo(21, 5)
  expect(ratio('#777777', '#ffffff')).toBeLessThan(4.5)
})

test('the bars around a page have the colours of the page', () => {
  const of = { normal: [false, false], dark: [true, false], contrast: [false, true], 'dark and contrast': [true, true] }
  for (const [name, [isDark, isContrast]] of Object.entries(of)) {
    const colours = themes[name] ?? {}
    const bars = barColours({ dark: isDark === true, contrast: isContrast === true })
    expect(bars).toMatchObject({
      title: isDark ? 'white' : 'black',
      background: colours.paper,
      tabBackground: colours.card,
      tabText: colours['ink-3'],
      tabSelected: colours.brand,
    })
  }
})

test('every theme names every colour that the normal one has', () => {
  const names = Object.keys(normal).sort()
  for (const selector of ['.screen--dark', '.screen--contrast', '.screen--dark.screen--contrast']) {
    expect(Object.keys(block(selector)).sort()).toEqual(names)
  }
})

test('elder mode has text of at least 18, lines 1.3 apart and targets of 60', () => {
  const start = css.indexOf('\n.screen--elder {')
  const body = css.slice(start, css.indexOf('\n}', start))
  const size = (name: string) => Number(new RegExp(`--${name}: (?:calc\\()?(\\d+)px`).exec(body)?.[1])
  for (const step of ['xs', 's', 'm', 'l', 'xl', 'xxl', 'amount']) {
    expect(size(`t-${step}`)).toBeGreaterThanOrEqual(18)
    expect(size(`l-${step}`) / size(`t-${step}`)).toBeGreaterThanOrEqual(1.3)
  }
  expect(size('target')).toBe(60)
})
