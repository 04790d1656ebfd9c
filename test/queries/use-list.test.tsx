import { act, render } from '@testing-library/react'
import { asId, type CityId } from '@/domain/ids'
import { instantOf } from '@/domain/time'
import { joined, readAll } from '@/queries/read-all'
import { useList } from '@/queries/use-list'
import type { Page } from '@/services'
import { stage } from '../support/taro'

const nowMs = Date.parse('2026-11-23T10:00:00+08:00')

beforeEach(() => stage.reset())

type Thing = { id: string; state?: string }
const page = (ids: readonly string[], next: string | null): Page<Thing> => ({
  items: ids.map((id) => ({ id })),
  next,
  asOf: instantOf(nowMs),
  leftOut: 0,
})

test('N13: an item on two pages is there once, where it was first, as it was last', () => {
  const before: Thing[] = [{ id: 'a', state: 'old' }, { id: 'b' }]
  expect(joined(before, [{ id: 'a', state: 'new' }, { id: 'c' }])).toEqual([
    { id: 'a', state: 'new' },
    { id: 'b' },
    { id: 'c' },
  ])
})

test('N13: a list without an end is cut, and `next` tells', async () => {
  let pages = 0
  const cut = await readAll<Thing>(async () => page([`${pages++}`], 'more'))
  expect([pages, cut.items.length, cut.next]).toEqual([20, 20, 'more'])
  const whole = await readAll<Thing>(async (cursor) => page([cursor ?? 'first'], cursor ? null : 'second'))
  expect([whole.items.map(({ id }) => id), whole.next]).toEqual([['first', 'second'], null])
})

test('N13: a refresh reads as far as the citizen has come, and what was removed is gone', async () => {
  const pages: Record<string, Page<Thing>> = { '': page(['a', 'b'], '2'), '2': page(['c', 'd'], null) }
  let more = async () => {}
  function Things() {
    const list = useList([asId<CityId>('330100')], async (_city, cursor) => pages[cursor ?? ''] as Page<Thing>)
    more = list.readMore
    return <>{list.items.map(({ id }) => id).join('') + (list.hasMore ? '…' : '')}</>
  }
  render(<Things />)
  await act(async () => {})
  expect(document.body.textContent).toBe('ab…')
  await act(() => more())
  expect(document.body.textContent).toBe('abcd')
  pages[''] = page(['new', 'a'], '2')
  pages['2'] = page(['b', 'd'], null)
  await act(async () => stage.emit('hide'))
  await act(async () => stage.emit('show'))
  expect(document.body.textContent).toBe('newabd')
})
