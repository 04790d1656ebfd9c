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
  /** An arrow at the end; by default on tappable cells. */
  arrow?: boolean
  /** One of a list of choices: a tick at the end when it is chosen. */
  selected?: boolean
  /** For screen readers, in place of the text. */
  label?: string | undefined
}

/** A line in a list. Long names run to two lines, then end in an ellipsis. */
export const Cell = memo(function Cell(props: CellProps) {
  const { title, note, value, valueNote, tag, icon, id = '', onTap, selected } = props
  const tap = useOnce(onTap)
  const tappable = onTap !== undefined
  const role = !tappable ? '' : selected === undefined ? 'button' : 'radio'
  const arrow = props.arrow ?? (tappable && selected === undefined)
  // Host's views only, and no spreading: `compileMode` makes one flat template of it, which is what lists are fast by.
  // Conditions are booleans, because they are sent as well: a text would be sent twice.
  return (
    <View
      compileMode
      className="cell"
      hoverClass={tappable ? 'press' : 'none'}
      role={role}
      aria-role={role}
      aria-label={props.label}
      aria-checked={selected}
      onClick={() => tap(id)}
    >
      {!!icon && <View className={`icon icon-${icon} icon--l tone-${props.iconTone ?? 'brand'}`} aria-hidden />}
      <View className="cell__main">
        <View className="cell__body">
          <View className="cell__line">
            <View className="cell__title">{title}</View>
            {!!tag && <View className={`tag tag--${props.tagTone ?? 'plain'}`}>{tag}</View>}
          </View>
          {!!note && <View className="cell__note">{note}</View>}
        </View>
        {!!(value || valueNote) && (
          <View className="cell__end">
            <View className={`cell__value tone-${props.valueTone ?? 'ink'}`}>{value}</View>
            {!!valueNote && <View className="cell__note cell__note--end">{valueNote}</View>}
          </View>
        )}
      </View>
      {selected && <View className="icon icon-check cell__arrow tone-brand" aria-hidden />}
      {arrow && <View className="icon icon-chevron-right icon--s cell__arrow tone-quiet" aria-hidden />}
    </View>
  )
})

/** Cells on one ground, with a title above and a note beneath. */
export function CellGroup(props: { title?: string | undefined; note?: string | undefined; children?: ReactNode }) {
  const { title, note, children } = props
  return (
    <View>
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
