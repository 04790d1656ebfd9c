import { View } from '@tarojs/components'
import { useState } from 'react'
import { Button } from '@/components/button'
import { Cell, CellGroup } from '@/components/cell'
import { Check } from '@/components/choice'
import { Fold } from '@/components/fold'
import { Sheet } from '@/components/sheet'
import { Skeleton } from '@/components/skeleton'
import { asId, type CityId, type ItemId } from '@/domain/ids'
import { questionsFor, totalMinutes } from '@/domain/item'
import { Checklist, packing } from '@/pages/booking/parts/checklist'
import { Rules, rulesShort } from '@/pages/booking/parts/rules'
import { usePreparation } from '@/pages/booking/parts/use-preparation'
import { Failure } from '@/parts/failure'
import { useText } from '@/text'
import { attending } from '@/text/booking/appointment'
import { booking } from '@/text/booking/booking'
import { elder } from '@/text/elder'
import { terms } from '@/text/terms'
import type { Adding, SlotsPage } from './use-slots'

type OpenSheet = 'items' | 'materials' | 'rules' | null

/** What to know before choosing a time: materials, further items, and the rules with the citizen's own counter. */
export function BeforeChoosing({ city, page }: { city: CityId; page: SlotsPage }) {
  const t = useText(booking)
  const { bring, bringNote, packed: packedOf } = useText(attending)
  const { done } = useText(terms)
  const { before } = useText(elder)
  const [open, setOpen] = useState<OpenSheet>(null)
  const { items, adding, counters, moving } = page
  const rules = page.manifest?.booking ?? null
  const preparation = usePreparation(
    city,
    items.map((item) => item.id),
  )
  const materials = moving?.materials ?? items.flatMap((item) => item.materials)
  const { needed, packed } = packing({ materials, preparation })
  const required = needed.filter((material) => material.required)
  const questions = questionsFor(items)
  const unanswered = questions.filter(({ id }) => preparation.answers[id] === undefined)
  const close = () => setOpen(null)
  const hasMissed = counters.status === 'ready' && counters.value.noShowsThisMonth > 0
  const notes = items.flatMap((item) => (item.note ? [item.note] : []))
  return (
    <>
      <Fold title={before} open={hasMissed}>
        <CellGroup>
          {adding.most > 1 && (
            <Cell
              icon="plus"
              title={t.addItems}
              note={items.length > 1 ? t.visitItems(items.length, totalMinutes(items)) : t.addItemsNote(adding.most)}
              onTap={() => {
                adding.open()
                setOpen('items')
              }}
            />
          )}
          {materials.length > 0 && (
            <Cell
              icon="list-checks"
              title={
                unanswered.length > 0
                  ? t.materialsAtMost(needed.length)
                  : required.length > 0
                    ? t.materials(required.length)
                    : t.noMaterials
              }
              note={
                unanswered.length > 0
                  ? t.situation(unanswered.length)
                  : required.map((material) => material.name).join(t.comma)
              }
              value={packed > 0 ? `${packed}/${needed.length}` : undefined}
              onTap={() => setOpen('materials')}
            />
          )}
          {rules && (
            <Cell
              icon="info"
              iconTone={hasMissed ? 'warn' : 'brand'}
              title={t.rules}
              note={rulesShort(rules, counters, t)}
              onTap={() => setOpen('rules')}
            />
          )}
        </CellGroup>
      </Fold>
      <Sheet
        open={open === 'items'}
        title={t.addItems}
        onClose={close}
        footer={
          <Button block onTap={close}>
            {done}
          </Button>
        }
      >
        <OtherItems adding={adding} />
      </Sheet>
      <Sheet open={open === 'materials'} title={`${bring} · ${packedOf(packed, needed.length)}`} onClose={close}>
        <Checklist questions={questions} materials={materials} preparation={preparation} />
        {[...notes, bringNote].map((note) => (
          <View key={note} className="rules">
            {note}
          </View>
        ))}
      </Sheet>
      {rules && (
        <Sheet open={open === 'rules'} title={t.rules} onClose={close}>
          <Rules rules={rules} counters={counters} items={items} />
        </Sheet>
      )}
    </>
  )
}

/** What else the hall serves, for the same appointment. */
function OtherItems({ adding }: { adding: Adding }) {
  const t = useText(booking)
  const { others, chosen, most } = adding
  if (others.status === 'failed') return <Failure error={others.error} />
  if (others.status === 'loading') return <Skeleton kind="cell" count={4} />
  const isFull = chosen.length >= most - 1
  return (
    <>
      <View className="take__text">{t.addItemsNote(most)}</View>
      {others.value.map(({ id, name, durationMinutes }) => {
        const on = chosen.includes(id)
        return (
          <Check
            key={id}
            plain
            label={name}
            note={isFull && !on ? t.itemsFull(most) : t.minutes(durationMinutes)}
            checked={on}
            disabled={isFull && !on}
            onChange={(now) => adding.choose(asId<ItemId>(id), now)}
          />
        )
      })}
    </>
  )
}
