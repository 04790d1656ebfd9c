import { ScrollView, View } from '@tarojs/components'
import { memo, type ReactNode } from 'react'
import { useJoin } from '@/text'
import { a11y } from './a11y'
import { useOnce } from './once'
import './slot-button.scss'

interface Props {
  /** Handed to `onTap`, so that one stable function serves all and memo holds. */
  id: string
  /** Its name in the page, for a strip to scroll to. */
  anchor?: string | undefined
  title: string
  /** Under the title: a day's date. */
  sub?: string | undefined
  note?: string | undefined
  noteTone?: 'quiet' | 'warn' | undefined
  selected?: boolean
  /** Full or past, as `note` says; a tap explains it. */
  off?: boolean
  onTap: (id: string) => unknown
}

/** A day or a time to choose. */
export const SlotButton = memo(function SlotButton(props: Props) {
  const { id, anchor, title, sub, note, noteTone = 'quiet', selected = false, off = false, onTap } = props
  const tap = useOnce(onTap)
  const join = useJoin()
  return (
    <View
      compileMode
      id={anchor ?? ''}
      className={`slot${selected ? ' slot--on' : ''}${off ? ' slot--off' : ''}${noteTone === 'warn' ? ' slot--few' : ''}`}
      hoverClass="press"
      onClick={() => tap(id)}
      role="radio"
      aria-role="radio"
      aria-label={join([title, sub, note])}
      aria-checked={selected}
    >
      <View className="slot__title">{title}</View>
      {!!sub && <View className="slot__sub">{sub}</View>}
      {!!note && <View className="slot__note">{note}</View>}
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

interface StripProps {
  label: string
  /** The anchor of the button to bring into view. */
  into?: string | undefined
  children?: ReactNode
}

/** Days in a strip that scrolls sideways. */
export function SlotStrip({ label, into, children }: StripProps) {
  return (
    <ScrollView scrollX className="slot-strip" scrollIntoView={into ?? ''} scrollWithAnimation>
      <View className="slot-strip__row" {...a11y({ role: 'radiogroup', label })}>
        {children}
      </View>
    </ScrollView>
  )
}
