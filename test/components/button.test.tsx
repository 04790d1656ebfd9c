import { act, fireEvent, render, screen } from '@testing-library/react'
import { createStore } from 'zustand/vanilla'
import { ActionsProvider, VisibilityProvider } from '@/components/actions'
import { Button } from '@/components/button'
import { Cell } from '@/components/cell'

test('a second tap does nothing while the first is under way, then the button works again', async () => {
  let finish = () => {}
  let taps = 0
  const pay = () => {
    taps += 1
    return new Promise<void>((resolve) => {
      finish = resolve
    })
  }
  render(<Button onTap={pay}>缴纳</Button>)
  const button = screen.getByRole('button', { name: '缴纳' })
  fireEvent.click(button)
  fireEvent.click(button)
  expect(taps).toBe(1)
  expect(button.getAttribute('aria-disabled')).toBe('true')
  await act(async () => finish())
  expect(button.getAttribute('aria-disabled')).not.toBe('true')
  fireEvent.click(button)
  expect(taps).toBe(2)
  await act(async () => finish())
})

test('S13: a button that opened another page is ready again once its page is shown again, and not before', async () => {
  let finish = () => {}
  const visibility = createStore(() => true)
  render(
    <VisibilityProvider value={visibility}>
      <Button onTap={() => new Promise<void>((resolve) => (finish = resolve))}>预约</Button>
    </VisibilityProvider>,
  )
  const button = screen.getByRole('button', { name: '预约' })
  fireEvent.click(button)
  act(() => visibility.setState(false))
  await act(async () => finish())
  expect(button.getAttribute('aria-disabled')).toBe('true')
  act(() => visibility.setState(true))
  expect(button.getAttribute('aria-disabled')).not.toBe('true')
})

test('two taps in the same moment, before any render, pay once', async () => {
  let taps = 0
  const pay = () => {
    taps += 1
    return Promise.resolve()
  }
  render(<Button onTap={pay}>缴纳</Button>)
  const button = screen.getByRole('button', { name: '缴纳' })
  await act(async () => {
    button.dispatchEvent(new MouseEvent('click', { bubbles: true }))
    button.dispatchEvent(new MouseEvent('click', { bubbles: true }))
  })
  expect(taps).toBe(1)
})

test('after a handler that failed the button works again, and the failure is reported', async () => {
  const reported: unknown[] = []
  const fail = () => Promise.reject(new Error('no'))
  render(
    <ActionsProvider actions={{ report: (error) => reported.push(error) }}>
      <Button onTap={fail}>缴纳</Button>
    </ActionsProvider>,
  )
  const button = screen.getByRole('button', { name: '缴纳' })
  for (const _tap of [1, 2]) {
    await act(async () => {
      fireEvent.click(button)
    })
  }
  expect(reported).toHaveLength(2)
})

test('a disabled button shows why and does nothing', () => {
  let taps = 0
  render(
    <Button disabled reason="请先核对户名" onTap={() => (taps += 1)}>
      下一步
    </Button>,
  )
  fireEvent.click(screen.getByRole('button', { name: '下一步' }))
  expect(taps).toBe(0)
  expect(screen.getByText('请先核对户名')).toBeTruthy()
})

test('a tappable cell is a button that hands over its id, and opens one page for a double tap', () => {
  const opened: string[] = []
  const open = (id: string) => {
    opened.push(id)
    return new Promise(() => {})
  }
  render(<Cell id="9007199254740993" title="杭州水务" value="¥45.60" onTap={open} />)
  const cell = screen.getByRole('button')
  fireEvent.click(cell)
  fireEvent.click(cell)
  expect(opened).toEqual(['9007199254740993'])
})

test('a cell that does nothing is not a button', () => {
  render(<Cell title="户名" value="张*" />)
  expect(screen.queryByRole('button')).toBeNull()
})
