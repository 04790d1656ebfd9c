import { ScrollView, View } from '@tarojs/components'
import { type MutableRefObject, type ReactNode, useRef, useState } from 'react'
import './list-window.scss'

interface Props<T> {
  items: readonly T[]
  keyOf: (item: T) => string
  /** Renders one, exactly `rowHeight` high. Return a memoised component. */
  row: (item: T, index: number) => ReactNode
  /** In dp, all alike. `useTheme().elder` may need more. */
  rowHeight: number
  /** Before the rows, scrolls with them. Its height is required. */
  header?: ReactNode
  headerHeight?: number
  /** Puts this row at the top; a new object jumps again. */
  jump?: { index: number } | undefined
  /** Near the end: time to load more. */
  onEnd?: (() => unknown) | undefined
}

// Rows are rendered in blocks, so that scrolling re-renders now and then and not at each step.
const block = 10
// More than any phone shows of the smallest rows, with a block to spare on either side.
const rendered = 4 * block

/** The first row to render at a scroll position: a block above what is visible; at the top there is none. */
const firstAt = (scrollTop: number, rowHeight: number) => (Math.floor(scrollTop / rowHeight / block) - 1) * block

/** A long list that renders what is visible. Its parent must have a height. */
export function ListWindow<T>(props: Props<T>) {
  const { rowHeight, header, headerHeight = 0, jump, onEnd } = props
  const show = useRef<(scrollTop: number) => void>(() => {})
  const jumps = useRef({ jump, count: 0 })
  if (jumps.current.jump !== jump) jumps.current = { jump, count: jumps.current.count + 1 }
  // A host scrolls on a new value only: the same position twice differs by a fraction.
  const top = jump && headerHeight + jump.index * rowHeight + (jumps.current.count % 2) / 10
  return (
    <ScrollView
      className="list-window"
      style={{ '--row-height': `${rowHeight}px` }}
      scrollY
      {...(top !== undefined && { scrollTop: top })}
      onScroll={(event) => show.current(event.detail.scrollTop - headerHeight)}
      lowerThreshold={300}
      onScrollToLower={() => onEnd?.()}
    >
      {header}
      <Rows {...props} show={show} />
    </ScrollView>
  )
}

/** Apart from the scroll view, which would go back to the last jump at each render. */
function Rows<T>(props: Props<T> & { show: MutableRefObject<(scrollTop: number) => void> }) {
  const { items, keyOf, row, rowHeight, jump, show } = props
  const [from, setFrom] = useState(() => firstAt(0, rowHeight))
  const [jumped, setJumped] = useState(jump)
  show.current = (scrollTop) => setFrom(firstAt(scrollTop, rowHeight))
  if (jumped !== jump) {
    setJumped(jump)
    if (jump) setFrom(firstAt(jump.index * rowHeight, rowHeight))
  }

  // A filter may have made the list shorter than the scroll position.
  const start = Math.min(from, Math.max(0, Math.floor((items.length - 1) / block) * block))
  const first = Math.max(0, start)
  const seen = items.slice(first, start + rendered)
  return (
    <>
      <View style={{ height: `${first * rowHeight}px` }} />
      {seen.map((item, index) => (
        <View key={keyOf(item)} className="list-window__row">
          {row(item, first + index)}
        </View>
      ))}
      <View style={{ height: `${(items.length - first - seen.length) * rowHeight}px` }} />
    </>
  )
}
