import { act, render, screen } from '@testing-library/react'
import { ActionsProvider } from '@/components/actions'
import { Empty } from '@/components/empty'
import { justAnswered } from '@/domain/consistency'
import { asId, type CityId } from '@/domain/ids'
import { instantOf } from '@/domain/time'
import { answerOf, Nothing } from '@/parts/nothing'
import { statementOf } from '@/parts/reading'
import { joined, readAll } from '@/queries/read-all'
import { useList } from '@/queries/use-list'
import { type Load, useLoad } from '@/queries/use-load'
import type { Page } from '@/services'
import { serviceError } from '@/services/errors'
import { failures } from '@/text/parts/failures'
import { stage } from '../support/taro'

jest.mock('@tarojs/taro', () => jest.requireActual('../support/taro'))

const city = asId<CityId>('330100')
const nowMs = Date.parse('2026-11-23T10:00:00+08:00')
const offline = serviceError('offline', asId('local-1'), 'none')
const read = {
  city,
  isReading: false,
  asOf: null,
  refreshError: null,
  hasFailed: false,
  isAside: false,
  refresh: async () => {},
  reconnect: () => {},
}

beforeEach(() => stage.reset())

/** Answers as the test tells. */
function asked<T>() {
  const questions: { resolve: (value: T) => void; reject: (error: unknown) => void }[] = []
  const ask = () => new Promise<T>((resolve, reject) => questions.push({ resolve, reject }))
  return { questions, ask }
}

let seen: Load<readonly string[]>[] = []
function List({ of, ask, kept }: { of: string; ask: () => Promise<readonly string[]>; kept?: readonly string[] }) {
  const [load] = useLoad(of, ask, kept ? () => ({ value: kept, asOf: instantOf(nowMs) }) : undefined)
  seen.push(load)
  const items = load.status === 'ready' ? load.value : []
  if (load.status === 'loading' || items.length > 0) return <>{[load.status, ...items].join()}</>
  return <Nothing loads={[load]} onRetry={() => {}} icon="search" title="nothing" />
}

test('S15: a kept empty list is asked for, then could not be asked, and never said to be empty', async () => {
  const { questions, ask } = asked<readonly string[]>()
  render(<List of="330100 a" ask={ask} kept={[]} />)
  expect(screen.queryByText('nothing')).toBeNull()
  await act(async () => questions[0]?.reject(offline))
  expect(screen.queryByText('nothing')).toBeNull()
  expect(screen.getByText(failures['zh-CN'].offline.title)).toBeTruthy()
  await act(async () => stage.emit('hide'))
  await act(async () => stage.emit('show'))
  await act(async () => questions[1]?.resolve([]))
  expect(screen.getByText('nothing')).toBeTruthy()
})

test('S15: a list that was empty an hour ago is asked for again before it is said to be empty', async () => {
  const clock = jest.spyOn(Date, 'now').mockReturnValue(nowMs)
  const { questions, ask } = asked<readonly string[]>()
  render(<List of="330100 a" ask={ask} />)
  await act(async () => questions[0]?.resolve([]))
  expect(screen.getByText('nothing')).toBeTruthy()
  await act(async () => stage.emit('hide'))
  clock.mockReturnValue(nowMs + 3_600_000)
  await act(async () => stage.emit('show'))
  expect(screen.queryByText('nothing')).toBeNull()
  await act(async () => questions[1]?.resolve([]))
  expect(screen.getByText('nothing')).toBeTruthy()
  clock.mockRestore()
})

test('an answer to another question is not shown even once', async () => {
  const { questions, ask } = asked<readonly string[]>()
  const { rerender } = render(<List of="330100 a" ask={ask} />)
  await act(async () => questions[0]?.resolve(['of a']))
  seen = []
  rerender(<List of="510100 b" ask={ask} />)
  await act(async () => questions[1]?.resolve(['of b']))
  expect(seen.some((load) => load.status === 'ready' && load.value.includes('of a'))).toBe(false)
  expect(document.body.textContent).toBe('ready,of b')
})

test('a hidden page neither asks nor shows; shown again it asks, and shows what came meanwhile', async () => {
  const { questions, ask } = asked<readonly string[]>()
  const { rerender } = render(<List of="330100 a" ask={ask} />)
  await act(async () => stage.emit('hide'))
  await act(async () => questions[0]?.resolve(['late']))
  expect(document.body.textContent).toBe('loading')
  rerender(<List of="330100 b" ask={ask} />)
  expect(questions).toHaveLength(1)
  await act(async () => stage.emit('show'))
  expect(questions).toHaveLength(2)
  expect(document.body.textContent).toBe('loading')
})

test('S15: of several questions all must be answered before nothing is said to be there', () => {
  const value = { items: [] }
  const ready = { status: 'ready', value, asOf: instantOf(nowMs), isKept: false, answered: justAnswered } as const
  const kept = { ...ready, isKept: true, answered: null }
  expect(answerOf([ready, ready])).toBe(justAnswered)
  expect(answerOf([ready, kept])).toBeNull()
  expect(answerOf([kept, ready])).toBeNull()
  expect(answerOf([ready, { status: 'loading' }])).toBeNull()
})

test('Empty demands a proof', () => {
  // @ts-expect-error: nobody has answered
  render(<Empty icon="search" title="nothing" />)
  // @ts-expect-error: a kept answer is no proof
  render(<Empty icon="search" title="nothing" answered={null} />)
})

test('what a page says: whom it waits for after a while, then how old the oldest is that failed', () => {
  const asOf = (minutes: number) => instantOf(nowMs - minutes * 60_000)
  const now = () => nowMs
  const waiting = { ...read, isReading: true }
  const failed = { ...read, asOf: asOf(5), refreshError: offline }
  const older = { ...failed, asOf: asOf(60) }
  expect(statementOf([waiting], false, now).kind).toBe('nothing')
  expect(statementOf([waiting, failed], true, now).kind).toBe('waiting')
  expect(statementOf([failed, older], false, now)).toEqual({ kind: 'old', read: older })
  // A manifest from before is nothing that one sees beside a failed page.
  const aside = { ...failed, isAside: true }
  expect(statementOf([aside, { ...read, hasFailed: true }], false, now).kind).toBe('nothing')
  expect(statementOf([aside, failed], false, now).kind).toBe('old')
  // A slow refresh of what is old says how old it is; of what is new it says nothing.
  expect(statementOf([{ ...waiting, asOf: asOf(5) }], true, now).kind).toBe('old')
  expect(statementOf([{ ...waiting, asOf: asOf(0) }], true, now).kind).toBe('nothing')
  expect(statementOf([{ ...read, asOf: asOf(5) }], true, now).kind).toBe('nothing')
})

type Thing = { id: string; state?: string }
const page = (ids: readonly string[], next: string | null): Page<Thing> => ({
  items: ids.map((id) => ({ id })),
  next,
  asOf: instantOf(nowMs),
  leftOut: 0,
})

test('N13: an item that comes on two pages stands once, where it was first, as it came last', () => {
  const before: Thing[] = [{ id: 'a', state: 'old' }, { id: 'b' }]
  expect(joined(before, [{ id: 'a', state: 'new' }, { id: 'c' }])).toEqual([
    { id: 'a', state: 'new' },
    { id: 'b' },
    { id: 'c' },
  ])
})

test('N13: a list without an end is cut, and says so', async () => {
  let pages = 0
  const cut = await readAll<Thing>(async () => page([`${pages++}`], 'more'))
  expect([pages, cut.items.length, cut.next]).toEqual([20, 20, 'more'])
  const whole = await readAll<Thing>(async (cursor) => page([cursor ?? 'first'], cursor ? null : 'second'))
  expect([whole.items.map(({ id }) => id), whole.next]).toEqual([['first', 'second'], null])
})

test('N13: a refresh reads as far as the citizen had come, and what was removed is gone', async () => {
  const pages: Record<string, Page<Thing>> = { '': page(['a', 'b'], '2'), '2': page(['c', 'd'], null) }
  let more = async () => {}
  function Things() {
    const list = useList<Thing>('330100', async (cursor) => pages[cursor ?? ''] as Page<Thing>)
    more = list.readMore
    return <>{list.items.map(({ id }) => id).join('') + (list.hasMore ? '…' : '')}</>
  }
  render(
    <ActionsProvider actions={{}}>
      <Things />
    </ActionsProvider>,
  )
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
