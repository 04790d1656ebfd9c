import { View } from '@tarojs/components'
import { Check, Choice } from '@/components/choice'
import { Card } from '@/components/section'
import { useText } from '@/text'
import { attending } from '@/text/booking/appointment'
import type { Preparation } from './use-preparation'
import './booking.scss'
import { type Material, materialsFor, type Question } from '@/domain/item'

interface Props {
  questions: readonly Question[]
  materials: readonly Material[]
  preparation: Preparation
}

type Words = (typeof attending)['zh-CN']

/** Whether it is optional, what it must be like, and what happens without it. */
const noteOf = (material: Material, t: Words): string | undefined =>
  [
    [material.required ? '' : t.optionalMaterial, material.note ?? ''].filter(Boolean).join(' · '),
    material.ifMissing ? t.ifMissing(material.ifMissing) : '',
  ]
    .filter(Boolean)
    .join('\n') || undefined

/** What to bring in the citizen's situation, and how much of it is packed. */
export function packing({ materials, preparation }: Omit<Props, 'questions'>) {
  const needed = materialsFor([{ materials }], preparation.answers)
  return { needed, packed: needed.filter((material) => preparation.things.includes(material.id)).length }
}

/** Questions about the citizen's situation, and what to bring, to be ticked off at home. */
export function Checklist({ questions, materials, preparation }: Props) {
  const t = useText(attending)
  const { needed } = packing({ materials, preparation })
  return (
    <View className="checklist">
      {questions.map((question) => (
        <Choice
          key={question.id}
          label={question.text}
          options={question.options.map((option) => ({ value: option.id, label: option.text }))}
          value={preparation.answers[question.id]}
          onChange={(option) => preparation.answer(question.id, option)}
        />
      ))}
      <Card>
        {needed.map((material) => (
          <Check
            key={material.id}
            plain
            label={material.name}
            note={noteOf(material, t)}
            checked={preparation.things.includes(material.id)}
            onChange={(on) => preparation.tick(material.id, on)}
          />
        ))}
      </Card>
    </View>
  )
}
