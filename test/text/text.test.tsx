import { render, screen } from '@testing-library/react'
import { defineText, joined, plural, TextProvider, useText } from '@/text'
import { terms } from '@/text/terms'

const bills = defineText({
  'zh-CN': { title: '账单', due: (count: number) => `${count} 笔待缴`, states: { paid: '已支付' } },
  en: { title: 'Bills', due: (count) => `${plural(count, 'bill')} due`, states: { paid: 'Paid' } },
})

function Words() {
  const t = useText(bills)
  return <p>{`${t.title}: ${t.due(1)}, ${t.states.paid}`}</p>
}

test('a section speaks the language of its provider, and Chinese without one', () => {
  render(
    <>
      <Words />
      <TextProvider language="en">
        <Words />
      </TextProvider>
    </>,
  )
  expect(screen.getByText('账单: 1 笔待缴, 已支付')).toBeTruthy()
  expect(screen.getByText('Bills: 1 bill due, Paid')).toBeTruthy()
})

test('English counts one and many', () => {
  expect([plural(0, 'bill'), plural(1, 'bill'), plural(2, 'day off', 'days off')]).toEqual([
    '0 bills',
    '1 bill',
    '2 days off',
  ])
})

test('no word that components say is empty in either language', () => {
  const empty: string[] = []
  for (const [language, words] of Object.entries(terms)) {
    for (const [key, word] of Object.entries(words)) {
      const text = typeof word === 'function' ? word('9' as never) : word
      if (typeof text === 'string' && text.trim() === '') empty.push(`${language}.${key}`)
    }
  }
  expect(empty).toEqual([])
})

// The proof is the type checker's: a line that compiled would be reported by @ts-expect-error.
test('a section whose English is not of the same shape does not compile', () => {
  const wrong = [
    // @ts-expect-error a key is missing in English
    defineText({ 'zh-CN': { a: '一', b: '二' }, en: { a: 'one' } }),
    // @ts-expect-error a key is in English only
    defineText({ 'zh-CN': { a: '一' }, en: { a: 'one', b: 'two' } }),
    // @ts-expect-error a function in Chinese, a plain word in English
    defineText({ 'zh-CN': { a: (n: number) => `${n}` }, en: { a: 'one' } }),
    // @ts-expect-error other arguments in English
    defineText({ 'zh-CN': { a: (n: number) => `${n}` }, en: { a: (n: string) => n } }),
    // @ts-expect-error a state has no text in English
    defineText({ 'zh-CN': { s: { paid: '已支付', failed: '未成功' } }, en: { s: { paid: 'Paid' } } }),
  ]
  expect(wrong).toHaveLength(5)
})

test('what is read as one sentence is joined with the comma and the full stop of its language', () => {
  const parts = ['Electricity', undefined, false, 'due'] as const
  expect(joined('en', parts)).toBe('Electricity, due')
  expect(joined('zh-CN', ['电费', '', '待缴'])).toBe('电费，待缴')
  expect([joined('en', ['Not saved', 'Try again'], 'stop'), joined('zh-CN', ['未能保存', '请重试'], 'stop')]).toEqual([
    'Not saved. Try again',
    '未能保存。请重试',
  ])
})
