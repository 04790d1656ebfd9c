import { act, render, screen } from '@testing-library/react'
import { asId, type CityId } from '@/domain/ids'
import { instantOf } from '@/domain/time'
import { Nothing } from '@/parts/nothing'
import { type Args, type Load, useLoad } from '@/queries/use-load'
import { serviceError } from '@/services/errors'
import { failures } from '@/text/parts/failures'
import { stage } from '../support/taro'

const city = asId<CityId>('330100')
const a: Args = [city, 'a']
const b: Args = [asId<CityId>('510100'), 'b']
const nowMs = Date.parse('2026-11-23T10:00:00+08:00')
const offline = serviceError('offline', asId('local-1'), 'none')

beforeEach(() => stage.reset())

/** A read that is settled by the test. */
function pending<T>() {
  const requests: { resolve: (value: T) => void; reject: (error: unknown) => void }[] = []
  const read = () => new Promise<T>((resolve, reject) => requests.push({ resolve, reject }))
  return { requests, read }
}

let seen: Load<readonly string[]>[] = []
function List({ of, read, kept }: { of: Args; read: () => Promise<readonly string[]>; kept?: readonly string[] }) {
  const [load] = useLoad(of, read, kept ? () => ({ value: kept, asOf: instantOf(nowMs) }) : undefined)
  seen.push(load)
  const items = load.status === 'ready' ? load.value : []
  if (load.status === 'loading' || items.length > 0) return <>{[load.status, ...items].join()}</>
  return <Nothing loads={[load]} onRetry={() => {}} icon="search" title="nothing" />
}

test('S15: a kept empty list is read, then could not be read, and is never shown as empty', async () => {
  const { requests, read } = pending<readonly string[]>()
  render(<List of={a} read={read} kept={[]} />)
  expect(screen.queryByText('nothing')).toBeNull()
  await act(async () => requests[0]?.reject(offline))
  expect(screen.queryByText('nothing')).toBeNull()
  expect(screen.getByText(failures['zh-CN'].offline.title)).toBeTruthy()
  await act(async () => stage.emit('hide'))
  await act(async () => stage.emit('show'))
  await act(async () => requests[1]?.resolve([]))
  expect(screen.getByText('nothing')).toBeTruthy()
})

test('S15: a list that was empty an hour ago is read again before it is shown as empty', async () => {
  const clock = jest.spyOn(Date, 'now').mockReturnValue(nowMs)
  const { requests, read } = pending<readonly string[]>()
  render(<List of={a} read={read} />)
  await act(async () => requests[0]?.resolve([]))
  expect(screen.getByText('nothing')).toBeTruthy()
  await act(async () => stage.emit('hide'))
  clock.mockReturnValue(nowMs + 3_600_000)
  await act(async () => stage.emit('show'))
  expect(screen.queryByText('nothing')).toBeNull()
  await act(async () => requests[1]?.resolve([]))
  expect(screen.getByText('nothing')).toBeTruthy()
  clock.mockRestore()
})

test('a response to other args is never shown', async () => {
  const { requests, read } = pending<readonly string[]>()
  const { rerender } = render(<List of={a} read={read} />)
  await act(async () => requests[0]?.resolve(['of a']))
  seen = []
  rerender(<List of={b} read={read} />)
  await act(async () => requests[1]?.resolve(['of b']))
  expect(seen.some((load) => load.status === 'ready' && load.value.includes('of a'))).toBe(false)
  expect(document.body.textContent).toBe('ready,of b')
})

test('a hidden page neither reads nor renders; shown again it does both', async () => {
  const { requests, read } = pending<readonly string[]>()
  const { rerender } = render(<List of={a} read={read} />)
  await act(async () => stage.emit('hide'))
  await act(async () => requests[0]?.resolve(['late']))
  expect(document.body.textContent).toBe('loading')
  rerender(<List of={[city, 'b']} read={read} />)
  expect(requests).toHaveLength(1)
  await act(async () => stage.emit('show'))
  expect(requests).toHaveLength(2)
  expect(document.body.textContent).toBe('loading')
})
