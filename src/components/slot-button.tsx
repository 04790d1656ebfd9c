import { View } from '@tarojs/components'
import { memo, type ReactNode } from 'react'
import { a11y } from './a11y'
import { useOnce } from './once'
import './slot-button.scss'

interface Props {
  /** Handed to `onTap`, so that one stable function serves all and memo holds. */
  id: string
  title: string
  /** Under the title: a day's date. */
  sub?: string | undefined
  note?: string | undefined
  noteTone?: 'quiet' | 'warn' | undefined
  selected?: boolean
  /** Full or past: says so in `note`, can still be tapped to hear why. */
  off?: boolean
  onTap: (id: string) => unknown
}

/** A day or a time to choose. */
export const SlotButton = memo(function SlotButton(props: Props) {
  const { id, title, sub, note, noteTone = 'quiet', selected = false, off = false, onTap } = props
  const tap = useOnce(onTap)
  return (
    <View
      compileMode
      className={`slot${selected ? ' slot--on' : ''}${off ? ' slot--off' : ''}`}
      hoverClass={selected ? 'none' : 'press'}
      hoverStayTime={80}
      onClick={() => tap(id)}
      role="radio"
      aria-role="radio"
      aria-label={[title, sub, note].filter(Boolean).join('，')}
      aria-checked={selected}
      aria-disabled={off}
    >
      <View className="slot__title">{title}</View>
      {sub && <View className="slot__sub">{sub}</View>}
      {note && <View className={noteTone === 'warn' ? 'slot__note slot__note--warn' : 'slot__note'}>{note}</View>}
    </View>
  )
})

/** Times: three in a row, two in elder mode. */
export function SlotGrid(props: { label: string; children?: ReactNode }) {
  return (
    <View className="slot-grid" {...a11y({ role: 'radiogroup', label: props.label })}>
      {props.children}
    </View>
  )
}

/** Days in a strip that scrolls sideways. */
export function SlotStrip(props: { label: string; children?: ReactNode }) {
  return (
    <View className="slot-strip" {...a11y({ role: 'radiogroup', label: props.label })}>
      {props.children}
    </View>
  )
}
