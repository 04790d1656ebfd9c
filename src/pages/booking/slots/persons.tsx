import { useState } from 'react'
import { Cell, CellGroup } from '@/components/cell'
import { Choice } from '@/components/choice'
import { Sheet } from '@/components/sheet'
import { useText } from '@/text'
import { people } from '@/text/booking/people'
import type { Persons } from './use-slots'

/** How many come together; not asked where one person comes alone. */
export function PersonsCell({ persons }: { persons: Persons }) {
  const t = useText(people)
  const [isOpen, setOpen] = useState(false)
  const { most, count, choose } = persons
  if (most < 2) return null
  return (
    <>
      <CellGroup>
        <Cell icon="users" title={t.howMany} note={t.upTo(most)} value={t.count(count)} onTap={() => setOpen(true)} />
      </CellGroup>
      <Sheet open={isOpen} title={t.howMany} onClose={() => setOpen(false)}>
        <Choice
          label={t.each}
          value={String(count)}
          onChange={(value) => {
            choose(Number(value))
            setOpen(false)
          }}
          options={Array.from({ length: most }, (_, index) => ({
            value: String(index + 1),
            label: t.count(index + 1),
          }))}
        />
      </Sheet>
    </>
  )
}
