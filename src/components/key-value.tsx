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

/** Labels and what they stand for: a bill's breakdown, an appointment's facts. */
export function KeyValue(props: { rows: readonly KeyValueRow[] }) {
  return (
    <View className="key-value">
      {props.rows.map((row) => (
        <View
          key={row.label}
          className={`key-value__row${row.strong ? ' key-value__row--strong' : ''}${row.copy ? ' key-value__row--copy' : ''}`}
        >
          <View className="key-value__label">{row.label}</View>
          <View className={`key-value__value tone-${row.tone ?? 'ink'}`}>{row.value}</View>
          {row.copy && <CopyButton text={row.value} label={row.label} />}
        </View>
      ))}
    </View>
  )
}
