import { View } from '@tarojs/components'
import { Fragment } from 'react'
import { useText } from '@/text'
import { terms } from '@/text/terms'
import { a11y } from './a11y'
import './cell.scss'
import './grid.scss'
import './section.scss'
import './skeleton.scss'

interface Props {
  /** As high as what comes: a line of text, a cell with a note, a card with a title and an amount, a row of tiles. */
  kind?: 'line' | 'cell' | 'card' | 'tiles'
  count?: number
}

// The first thing sent to a page: templates keep it small.
const body = {
  line: <View compileMode className="bone bone--line" />,
  cell: (
    <View compileMode className="cell">
      <View className="cell__body">
        <View className="bone bone--line bone--half" />
        <View className="bone bone--note" />
      </View>
      <View className="bone bone--value" />
    </View>
  ),
  card: (
    <View compileMode className="card">
      <View className="bone bone--line bone--half" />
      <View className="bone bone--amount" />
      <View className="bone bone--note" />
    </View>
  ),
  tiles: (
    <View className="grid">
      {[0, 1, 2, 3].map((tile) => (
        <View compileMode key={tile} className="grid__tile">
          <View className="grid__sign bone" />
          <View className="bone bone--note bone--half" />
        </View>
      ))}
    </View>
  ),
}

/** Stands for content that is loading, as high as it, so that nothing jumps. */
export function Skeleton({ kind = 'line', count = 1 }: Props) {
  const t = useText(terms)
  const bones = Array.from({ length: count }, (_, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: all alike, none moves
    <Fragment key={index}>{body[kind]}</Fragment>
  ))
  return (
    <View className={`skeleton skeleton--${kind}`} {...a11y({ role: 'status', label: t.loading, live: 'polite' })}>
      {bones}
    </View>
  )
}
