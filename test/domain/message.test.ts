import { canAsk, type Message, newlySeen } from '@/domain/message'
import { answersIn } from '@/services/message-grants'

const message = (id: string, read = false): Message => ({
  id,
  title: '您的反馈有答复了',
  text: '',
  at: '2026-11-24T10:00:00+08:00',
  delivery: 'sent',
  read,
})

test('seen is what is on the screen, is not known as read, and was not told of already; a hundred at once', () => {
  expect(newlySeen([message('a'), message('b', true), message('c')], new Set(['c']))).toEqual(['a'])
  expect(newlySeen([message('b', true)], new Set())).toEqual([])
  const many = Array.from({ length: 130 }, (_, index) => message(String(index)))
  const first = newlySeen(many, new Set())
  expect([first.length, newlySeen(many, new Set(first)).length]).toEqual([100, 30])
})

test('the host asks once more where a yes is good for one message; else until there is a yes', () => {
  const grant = { template: 't', title: '缴费提醒' }
  expect(canAsk({ ...grant, once: true, state: 'granted', left: 3 })).toBe(true)
  expect(canAsk({ ...grant, once: false, state: 'granted' })).toBe(false)
  for (const state of ['never', 'refused', 'used-up', 'unlisted'] as const)
    expect(canAsk({ ...grant, once: false, state })).toBe(true)
})

test('a host that could not ask says nothing about what the citizen wants', () => {
  expect(answersIn({ a: 'granted', b: 'refused', c: 'unavailable' })).toEqual([
    { template: 'a', granted: true },
    { template: 'b', granted: false },
  ])
  expect(answersIn({})).toEqual([])
})
