import { View } from '@tarojs/components'
import { memo } from 'react'
import { useJoin } from '@/text'
import type { IconName } from './icon'
import { useOnce } from './once'
import './icon.scss'
import './grid.scss'

export interface GridItem {
  id: string
  icon: IconName
  label: string
  /** A word under the label: "maintenance", "2 due". */
  note?: string | undefined
  noteTone?: 'quiet' | 'warn' | 'bad' | undefined
}

const Tile = memo(function Tile(props: { item: GridItem; onTap: (id: string) => unknown }) {
  const { item, onTap } = props
  const tap = useOnce(onTap)
  const join = useJoin()
  return (
    <View
      compileMode
      className="grid__tile"
      hoverClass="press"
      onClick={() => tap(item.id)}
      role="button"
      aria-role="button"
      aria-label={join([item.label, item.note])}
    >
      <View className="grid__sign">
        <View className={`icon icon-${item.icon} icon--l`} aria-hidden />
      </View>
      <View className="grid__label">{item.label}</View>
      {!!item.note && <View className={`grid__note tone-${item.noteTone ?? 'quiet'}`}>{item.note}</View>}
    </View>
  )
})

/** Services side by side: four in a row, three in elder mode. `onTap` gets the item's id; keep it stable. */
export function Grid(props: { items: readonly GridItem[]; onTap: (id: string) => unknown }) {
  return (
    <View className="grid">
      {props.items.map((item) => (
        <Tile key={item.id} item={item} onTap={props.onTap} />
      ))}
    </View>
  )
}
