import { View } from '@tarojs/components'
import { a11y } from './a11y'
import './bars.scss'

export interface Bar {
  key: string
  /** A word or a figure under it. */
  label: string
  /** Null: not known, so there is no bar. */
  now: number | null
  before: number | null
}

interface Props {
  bars: readonly Bar[]
  /** What the chart shows, in a sentence: a screen reader reads this and nothing else of it. */
  label: string
  nowName: string
  beforeName: string
  chosen: string | undefined
  onChoose: (key: string) => void
}

/** Two years side by side, as bars. Give the figures as a list too. */
export function Bars({ bars, label, nowName, beforeName, chosen, onChoose }: Props) {
  const highest = Math.max(1, ...bars.map(({ now, before }) => Math.max(now ?? 0, before ?? 0)))
  const height = (value: number) => ({ height: `${Math.max(2, Math.round((value / highest) * 100))}%` })
  return (
    <View className="bars" {...a11y({ role: 'img', label })}>
      <View className="bars__ground">
        {bars.map(({ key, label, now, before }) => (
          <View
            key={key}
            className={key === chosen ? 'bars__one bars__one--on' : 'bars__one'}
            onClick={() => onChoose(key)}
          >
            <View className="bars__pair">
              {before !== null && <View className="bars__bar bars__bar--before" style={height(before)} />}
              {now !== null && <View className="bars__bar" style={height(now)} />}
            </View>
            <View className="bars__label">{label}</View>
          </View>
        ))}
      </View>
      <View className="bars__key">
        <View className="bars__name">
          <View className="bars__swatch bars__swatch--before" />
          {beforeName}
        </View>
        <View className="bars__name">
          <View className="bars__swatch" />
          {nowName}
        </View>
      </View>
    </View>
  )
}
