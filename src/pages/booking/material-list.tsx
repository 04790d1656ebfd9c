import { View } from '@tarojs/components'
import type { Material } from '@/domain/hall'
import { useText } from '@/text'
import { booking } from '@/text/booking'
import './booking.scss'

/** A note for each thing, and whether everybody needs it. */
export const materialNote = (material: Material, optional: string): string | undefined =>
  [material.required ? '' : optional, material.note ?? ''].filter(Boolean).join(' · ') || undefined

/** What to bring, to be read; the appointment has it to be ticked off. */
export function MaterialList({ materials }: { materials: readonly Material[] }) {
  const words = useText(booking)
  return (
    <View className="material-list">
      {materials.map((material) => {
        const note = materialNote(material, words.optionalMaterial)
        return (
          <View key={material.id} className="material-list__one">
            <View className="material-list__name">{material.name}</View>
            {note && <View className="material-list__note">{note}</View>}
          </View>
        )
      })}
    </View>
  )
}
