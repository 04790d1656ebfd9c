import { View } from '@tarojs/components'
import { memo } from 'react'
import './icon.scss'
import './tag.scss'
import './cell.scss'
import './choice.scss'
import './check-cell.scss'

interface Props {
  title: string
  note?: string | undefined
  tag?: string | undefined
  value: string
  valueTone?: 'ink' | 'bad' | undefined
  checked: boolean
  /** Handed to `onToggle`, so that one stable function serves a whole list. */
  id: string
  onToggle: (id: string) => void
}

/** A line in a list that may be chosen together with others. */
export const CheckCell = memo(function CheckCell(props: Props) {
  const { title, note, tag, value, checked, id, onToggle } = props
  return (
    <View
      compileMode
      className={checked ? 'cell check-cell check-cell--on' : 'cell check-cell'}
      hoverClass="press"
      role="checkbox"
      aria-role="checkbox"
      aria-checked={checked}
      onClick={() => onToggle(id)}
    >
      <View className="choice__box" aria-hidden>
        {checked && <View className="icon icon-check icon--s" />}
      </View>
      <View className="cell__main">
        <View className="cell__body">
          <View className="cell__line">
            <View className="cell__title">{title}</View>
            {!!tag && <View className="tag tag--plain">{tag}</View>}
          </View>
          {!!note && <View className="cell__note">{note}</View>}
        </View>
        <View className="cell__end">
          <View className={`cell__value tone-${props.valueTone ?? 'ink'}`}>{value}</View>
        </View>
      </View>
    </View>
  )
})
