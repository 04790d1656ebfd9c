import { View } from '@tarojs/components'
import { memo, type ReactNode } from 'react'
import { a11y } from './a11y'
import type { IconName, Tone } from './icon'
import { useOnce } from './once'
import type { TagTone } from './tag'
import './icon.scss'
import './tag.scss'
import './cell.scss'

export interface CellProps {
  title: string
  /** A second line, under the title. */
  note?: string | undefined
  /** At the end of the line: a choice, an amount (`formatFen`). */
  value?: string | undefined
  /** Under the value. */
  valueNote?: string | undefined
  valueTone?: Tone | undefined
  tag?: string | undefined
  tagTone?: TagTone | undefined
  icon?: IconName | undefined
  iconTone?: Tone | undefined
  /** Handed to `onTap`, so that one stable function serves a whole list and memo holds. */
  id?: string
  /** Makes it tappable. A promise is waited for: no second page for a double tap. */
  onTap?: ((id: string) => unknown) | undefined
  /** An arrow at the end; tappable cells have one unless told. */
  arrow?: boolean
  /** Selected in a list of choices: a tick at the end. */
  selected?: boolean
  /** For screen readers, in place of what is written. */
  label?: string | undefined
  /** Anything else at the end: a switch, a small button. */
  end?: ReactNode
}

/** A line in a list. Long names run to two lines, then end in an ellipsis. */
export const Cell = memo(function Cell(props: CellProps) {
  const {
    title,
    note,
    value,
    valueNote,
    valueTone,
    tag,
    tagTone,
    icon,
    iconTone,
    id = '',
    onTap,
    selected,
    end,
  } = props
  const tap = useOnce(onTap)
  const tappable = onTap !== undefined
  const arrow = props.arrow ?? (tappable && selected === undefined && !end)
  return (
    <View
      className={tappable ? 'cell cell--tap' : 'cell'}
      hoverClass={tappable ? 'press' : 'none'}
      hoverStayTime={80}
      onClick={() => tap(id)}
      {...(tappable &&
        a11y({ role: selected === undefined ? 'button' : 'radio', label: props.label, checked: selected }))}
    >
      {icon && (
        <View
          className={`icon icon-${icon} icon--l cell__icon tone-${iconTone ?? 'brand'}`}
          {...a11y({ hidden: true })}
        />
      )}
      <View className="cell__body">
        <View className="cell__line">
          <View className="cell__title">{title}</View>
          {tag && <View className={`tag tag--${tagTone ?? 'plain'}`}>{tag}</View>}
        </View>
        {note && <View className="cell__note">{note}</View>}
      </View>
      {(value || valueNote) && (
        <View className="cell__end">
          {value && <View className={`cell__value tone-${valueTone ?? 'ink'}`}>{value}</View>}
          {valueNote && <View className="cell__note cell__note--end">{valueNote}</View>}
        </View>
      )}
      {end}
      {selected && <View className="icon icon-check cell__arrow tone-brand" {...a11y({ hidden: true })} />}
      {arrow && <View className="icon icon-chevron-right icon--s cell__arrow tone-quiet" {...a11y({ hidden: true })} />}
    </View>
  )
})

/** Cells on one ground, with a title above and a note beneath. */
export function CellGroup(props: { title?: string | undefined; note?: string | undefined; children?: ReactNode }) {
  const { title, note, children } = props
  return (
    <View className="cells">
      {title && (
        <View className="cells__title" {...a11y({ role: 'heading' })}>
          {title}
        </View>
      )}
      <View className="cells__ground">{children}</View>
      {note && <View className="cells__note">{note}</View>}
    </View>
  )
}
