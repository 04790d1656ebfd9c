import { ScrollView, View } from '@tarojs/components'
import { type ReactNode, useCallback, useRef, useState } from 'react'
import './list-window.scss'

interface Props<T> {
  items: readonly T[]
  keyOf: (item: T) => string
  /** Draws one; it is given exactly `rowHeight`. Give it a memoised component. */
  row: (item: T, index: number) => ReactNode
  /** In dp, all alike. `useTheme().elder` may need more. */
  rowHeight: number
  /** Before the rows, scrolls with them. Its height must be told. */
  header?: ReactNode
  headerHeight?: number
  /** Puts this row at the top; a new object jumps again. */
  jump?: { index: number } | undefined
  /** Near the end: time to load more. */
  onEnd?: (() => unknown) | undefined
}

// Rows are drawn in blocks, so that scrolling changes what is drawn once in a while and not at each step.
const block = 10
// More than any phone shows of the smallest rows, with a block to spare on either side.
const drawn = 4 * block

/** A long list that draws what is seen. It fills its place, which must have a height. */
export function ListWindow<T>(props: Props<T>) {
  const { items, keyOf, row, rowHeight, header, headerHeight = 0, jump, onEnd } = props
  const [from, setFrom] = useState(0)
  const jumped = useRef(jump)
  const top = jump ? headerHeight + jump.index * rowHeight : 0

  const show = useCallback(
    (scrollTop: number) => {
      const first = Math.floor((scrollTop - headerHeight) / rowHeight / block) * block - block
      setFrom(Math.max(0, first))
    },
    [headerHeight, rowHeight],
  )
  if (jumped.current !== jump) {
    jumped.current = jump
    if (jump) show(top)
  }

  // a filter may have made the list shorter than where we were
  const first = Math.min(from, Math.max(0, Math.floor((items.length - 1) / block) * block))
  const seen = items.slice(first, first + drawn)
  return (
    <ScrollView
      className="list-window"
      scrollY
      {...(jump && { scrollTop: top })}
      onScroll={(event) => show(event.detail.scrollTop)}
      lowerThreshold={300}
      onScrollToLower={() => onEnd?.()}
    >
      {header}
      <View style={{ height: `${first * rowHeight}px` }} />
      {seen.map((item, index) => (
        <View key={keyOf(item)} className="list-window__row" style={{ height: `${rowHeight}px` }}>
          {row(item, first + index)}
        </View>
      ))}
      <View style={{ height: `${(items.length - first - seen.length) * rowHeight}px` }} />
    </ScrollView>
  )
}
