import { View } from '@tarojs/components'
import { useState } from 'react'
import { Cell, CellGroup } from '@/components/cell'
import { Sheet } from '@/components/sheet'
import type { Counters } from '@/domain/citizen'
import type { Item } from '@/domain/hall'
import type { BookingRules } from '@/domain/manifest'
import { MaterialList } from '@/pages/booking/material-list'
import { Rules, rulesShort } from '@/pages/booking/rules'
import type { Load } from '@/pages/use-load'
import { useText } from '@/text'
import { booking } from '@/text/booking'

interface Props {
  item: Item
  rules: BookingRules | null
  counters: Load<Counters>
}

/** What to know before choosing a time: what to bring, and the rules with the citizen's own counter. */
export function Before({ item, rules, counters }: Props) {
  const words = useText(booking)
  const [open, setOpen] = useState<'materials' | 'rules' | null>(null)
  const needed = item.materials.filter((material) => material.required)
  const close = () => setOpen(null)
  const hasMissed = counters.status === 'ready' && counters.value.noShowsThisMonth > 0
  return (
    <>
      <CellGroup>
        {item.materials.length > 0 && (
          <Cell
            icon="list-checks"
            title={needed.length > 0 ? words.materials(needed.length) : words.noMaterials}
            note={needed.map((material) => material.name).join(words.comma)}
            onTap={() => setOpen('materials')}
          />
        )}
        {rules && (
          <Cell
            icon="info"
            iconTone={hasMissed ? 'warn' : 'brand'}
            title={words.rules}
            note={rulesShort(rules, counters, words)}
            onTap={() => setOpen('rules')}
          />
        )}
      </CellGroup>
      <Sheet open={open === 'materials'} title={words.bring} onClose={close}>
        <MaterialList materials={item.materials} />
        {item.note && <View className="rules">{item.note}</View>}
      </Sheet>
      {rules && (
        <Sheet open={open === 'rules'} title={words.rules} onClose={close}>
          <Rules rules={rules} counters={counters} />
        </Sheet>
      )}
    </>
  )
}
