import { View } from '@tarojs/components'
import { CopyButton } from './copy-button'
import './key-value.scss'

export interface KeyValueRow {
  label: string
  value: string
  /** The total, the thing that counts. */
  strong?: boolean | undefined
  /** Offers to copy it. */
  copy?: boolean | undefined
  tone?: 'ink' | 'ok' | 'warn' | 'bad' | 'quiet' | undefined
}

/** A number to be read out or copied stays on one line; longer ones have no room on a narrow phone. */
const mostWhole = 26

function Row({ row: { label, value, strong, copy, tone = 'ink' } }: { row: KeyValueRow }) {
  if (copy)
    return (
      <View className="key-value__row key-value__row--copy">
        <View className="key-value__label">{label}</View>
        <View className={`key-value__value tone-${tone}${value.length > mostWhole ? '' : ' key-value__value--whole'}`}>
          {value}
        </View>
        <CopyButton text={value} label={label} />
      </View>
    )
  return (
    <View compileMode className={strong ? 'key-value__row key-value__row--strong' : 'key-value__row'}>
      <View className="key-value__label">{label}</View>
      <View className={`key-value__value tone-${tone}`}>{value}</View>
    </View>
  )
}

/** Labels and what they stand for: a bill's breakdown, an appointment's facts. */
export function KeyValue(props: { rows: readonly KeyValueRow[] }) {
  return (
    <View className="key-value">
      {props.rows.map((row) => (
        <Row key={row.label} row={row} />
      ))}
    </View>
  )
}
