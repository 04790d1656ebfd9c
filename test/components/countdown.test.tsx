import { act, render, screen } from '@testing-library/react'
import { createStore } from 'zustand/vanilla'
import { VisibilityProvider } from '@/components/actions'
import { Countdown } from '@/components/countdown'

const deadline = '2026-11-26T09:30:00+08:00'
const deadlineMs = Date.parse(deadline)

/** A server's clock that runs with the test's timers, far from the phone's. */
function serverClock(secondsBefore: number) {
  const start = Date.now()
  return () => deadlineMs - secondsBefore * 1000 + (Date.now() - start)
}

test('it counts by the clock it is given, not by the phone', () => {
  jest.useFakeTimers({ now: Date.parse('2020-01-01T00:00:00Z') })
  render(<Countdown deadline={deadline} now={serverClock(299)} />)
  expect(screen.getByText('04:59')).toBeTruthy()
  act(() => jest.advanceTimersByTime(2100))
  expect(screen.getByText('04:57')).toBeTruthy()
  jest.useRealTimers()
})

test('it announces once that a minute is left, and that the time is up, and ends once', () => {
  jest.useFakeTimers()
  let ends = 0
  render(<Countdown deadline={deadline} now={serverClock(62)} onEnd={() => (ends += 1)} />)
  const status = screen.getByRole('status')
  expect(status.textContent).toBe('')
  act(() => jest.advanceTimersByTime(3000))
  expect(status.textContent).toBe('还剩 1 分钟')
  expect(ends).toBe(0)
  act(() => jest.advanceTimersByTime(120_000))
  expect(screen.getByText('00:00')).toBeTruthy()
  expect(status.textContent).toBe('时间到')
  expect(ends).toBe(1)
  jest.useRealTimers()
})

test('on a hidden page it rests, and on return it shows what is left', () => {
  jest.useFakeTimers()
  const clock = serverClock(300)
  let looks = 0
  const now = () => {
    looks += 1
    return clock()
  }
  const visibility = createStore(() => true)
  render(
    <VisibilityProvider value={visibility}>
      <Countdown deadline={deadline} now={now} />
    </VisibilityProvider>,
  )
  act(() => visibility.setState(false))
  const before = looks
  act(() => jest.advanceTimersByTime(60_000))
  expect(looks).toBe(before)
  expect(screen.getByText('05:00')).toBeTruthy()
  act(() => visibility.setState(true))
  expect(screen.getByText('04:00')).toBeTruthy()
  jest.useRealTimers()
})

test('a deadline that has passed, or cannot be read, ends at once', () => {
  let ends = 0
  render(<Countdown deadline="soon" now={() => deadlineMs} onEnd={() => (ends += 1)} />)
  expect(screen.getByText('00:00')).toBeTruthy()
  expect(ends).toBe(1)
})
