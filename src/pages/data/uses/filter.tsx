import { useState } from 'react'
import { Cell, CellGroup } from '@/components/cell'
import { Choice } from '@/components/choice'
import { Sheet } from '@/components/sheet'
import type { DataUseFilter } from '@/domain/data-use'
import { useText } from '@/text'
import { uses } from '@/text/data/uses'
import type { UsesPage } from './use-uses'

/** One office or one purpose. Offered once there are two of either. */
export function Filter({ filtering }: { filtering: UsesPage['filtering'] }) {
  const t = useText(uses)
  const [isOpen, setOpen] = useState(false)
  const { filter, setFilter, offices, purposes } = filtering
  if (filter === null && offices.length < 2 && purposes.length < 2) return null
  const chosenOffice = filter && 'office' in filter ? filter.office : ''
  const chosenPurpose = filter && 'purpose' in filter ? filter.purpose : ''
  const choose = (next: DataUseFilter) => {
    setFilter(next)
    setOpen(false)
  }
  const all = { value: '', label: t.all }
  const nameOf = ({ office, name }: { office: string; name: string }) => ({ value: office, label: name })
  const chosen = offices.find(({ office }) => office === chosenOffice)?.name ?? (chosenOffice || t.all)
  return (
    <>
      <CellGroup>
        <Cell
          icon="search"
          title={t.filter}
          value={chosenPurpose ? t.purposes[chosenPurpose] : chosen}
          onTap={() => setOpen(true)}
        />
      </CellGroup>
      <Sheet open={isOpen} title={t.filter} onClose={() => setOpen(false)}>
        <Choice
          label={t.byPurpose}
          value={chosenPurpose}
          options={[all, ...purposes.map((purpose) => ({ value: purpose, label: t.purposes[purpose] }))]}
          onChange={(value) => {
            const purpose = purposes.find((known) => known === value)
            choose(purpose ? { purpose } : null)
          }}
        />
        <Choice
          label={t.byOffice}
          value={chosenOffice}
          options={[all, ...offices.map(nameOf)]}
          onChange={(office) => choose(office ? { office } : null)}
        />
      </Sheet>
    </>
  )
}
