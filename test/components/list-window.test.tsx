import { fireEvent, render, screen } from '@testing-library/react'
import { ListWindow } from '@/components/list-window'

const cities = Array.from({ length: 337 }, (_, index) => `city ${index}`)
const list = (items: string[], jump?: { index: number }) => (
  <ListWindow items={items} keyOf={(city) => city} row={(city) => city} rowHeight={56} jump={jump} />
)
const heights = (container: Element) =>
  [...(container.firstElementChild?.children ?? [])].reduce(
    (sum, row) =>
      sum + (row.className === 'list-window__row' ? 56 : Number.parseInt((row as HTMLElement).style.height, 10)),
    0,
  )

test('a long list renders the visible rows only, in the height of the whole', () => {
  const { container } = render(list(cities))
  expect(screen.getByText('city 0')).toBeTruthy()
  expect(container.querySelectorAll('.list-window__row')).toHaveLength(30)
  expect(heights(container)).toBe(337 * 56)
})

test('a jump renders the rows there', () => {
  const { container, rerender } = render(list(cities))
  rerender(list(cities, { index: 300 }))
  expect(screen.getByText('city 300')).toBeTruthy()
  expect(screen.queryByText('city 0')).toBeNull()
  expect(heights(container)).toBe(337 * 56)
})

test('a filter that leaves little shows it, wherever one was', () => {
  const { container, rerender } = render(list(cities, { index: 300 }))
  rerender(list(['city 7'], { index: 300 }))
  expect(screen.getByText('city 7')).toBeTruthy()
  expect(heights(container)).toBe(56)
})

test('scrolling renders what becomes visible, and does not go back to the last jump', () => {
  const { container } = render(list(cities, { index: 300 }))
  const view = container.firstElementChild as HTMLElement
  view.scrollTop = 0
  fireEvent(view, new CustomEvent('scroll', { detail: { scrollTop: 100 * 56 } }))
  expect(screen.getByText('city 100')).toBeTruthy()
  expect(screen.queryByText('city 300')).toBeNull()
  expect(view.scrollTop).toBe(0)
})
