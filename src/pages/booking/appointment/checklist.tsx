import { Check } from '@/components/choice'
import { Card, Section } from '@/components/section'
import type { Appointment } from '@/domain/appointment'
import { materialNote } from '@/pages/booking/material-list'
import { useText } from '@/text'
import { booking } from '@/text/booking'
import { useTicks } from './use-ticks'

/** What to bring, to be ticked off at home. */
export function Checklist({ visit }: { visit: Appointment }) {
  const words = useText(booking)
  const [ticks, tick] = useTicks(visit.id)
  const { materials } = visit
  const packed = materials.filter((material) => ticks.includes(material.id)).length
  if (materials.length === 0) return null
  return (
    <Section title={`${words.bring} · ${words.packed(packed, materials.length)}`} note={words.bringNote}>
      <Card>
        {materials.map((material) => (
          <Check
            key={material.id}
            plain
            label={material.name}
            note={materialNote(material, words.optionalMaterial)}
            checked={ticks.includes(material.id)}
            onChange={(on) => tick(material.id, on)}
          />
        ))}
      </Card>
    </Section>
  )
}
