import { readFileSync } from 'node:fs'
import path from 'node:path'

const root = path.join(__dirname, '../..')
const read = (file: string) => readFileSync(path.join(root, file), 'utf8')

/** The colours in a block of a style sheet, by name. */
function coloursIn(sheet: string, selector: string): Record<string, string> {
  const block = sheet.slice(sheet.indexOf(`${selector} {`)).split('}')[0] ?? ''
  return Object.fromEntries(
    [...block.matchAll(/--([a-z0-9-]+): (#[0-9a-f]{6})/g)].map(([, name, colour]) => [name, colour]),
  )
}

test('the panel has the colours of the app, light and dark', () => {
  const panel = read('sandbox/panel/panel.css')
  const tokens = read('src/theme/tokens.scss')
  const [light = '', dark = ''] = panel.split('@media (prefers-color-scheme: dark)')
  expect(Object.keys(coloursIn(light, ':root')).length).toBeGreaterThan(10)
  expect(coloursIn(tokens, '.screen')).toMatchObject(coloursIn(light, ':root'))
  expect(coloursIn(tokens, '.screen--dark')).toMatchObject(coloursIn(dark, ':root'))
})

test('the panel says everything in both languages', () => {
  const names = (text: string) => [...text.matchAll(/^ {4,6}'?([\w-]+)'?: /gm)].map(([, name]) => name)
  const [zh = '', en = ''] = read('sandbox/panel/words.js').split('\n  en: {')
  expect(names(zh)).toEqual(names(en))
  expect(names(zh).length).toBeGreaterThan(40)
  const asked = [...read('sandbox/panel/index.html').matchAll(/data-t="(\w+)"/g)].map(([, name]) => name)
  expect(asked.filter((name) => !names(en).includes(name))).toEqual([])
  for (const { index, 0: both } of read('sandbox/panel/phones.js').matchAll(/\{ zh: .*? \}/g))
    expect([index, /, en: ['"]/.test(both)]).toEqual([index, true])
})

test('the panel has words for each state of a payment and of a visit', () => {
  const statesOf = (type: string) => {
    const [, list = ''] = new RegExp(`type ${type} = (.*);`).exec(read('contract/wire/types.gen.ts')) ?? []
    return [...list.matchAll(/'([\w-]+)'/g)].map(([, state]) => state)
  }
  const states = [...statesOf('PaymentState'), ...statesOf('AppointmentState')]
  expect(states.length).toBeGreaterThan(15)
  const [, en = ''] = read('sandbox/panel/words.js').split('\n  en: {')
  expect(states.filter((state) => !new RegExp(`\\b'?${state}'?: `).test(en))).toEqual([])
})
