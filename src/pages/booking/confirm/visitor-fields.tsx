import { Field } from '@/components/field'
import { useText } from '@/text'
import { booking } from '@/text/booking'
import type { VisitorField, VisitorForm } from './use-visitor'

const looks = {
  name: { type: 'text', maxLength: 40 },
  phone: { type: 'phone', maxLength: 16 },
  'id-number': { type: 'idcard', maxLength: 20 },
} as const

/** What the hall demands to know of who comes, and nothing more. */
export function VisitorFields({ form }: { form: VisitorForm }) {
  const words = useText(booking)
  const said: Record<VisitorField, { label: string; hint?: string; bad: string }> = {
    name: { label: words.name, hint: words.nameHint, bad: words.badName },
    phone: { label: words.phone, hint: words.phoneHint, bad: words.badPhone },
    'id-number': { label: words.idNumber, bad: words.badIdNumber },
  }
  return (
    <>
      {form.fields.map((field) => {
        const error = form.errors[field]
        return (
          <Field
            key={field}
            label={said[field].label}
            hint={said[field].hint}
            value={form.typed[field]}
            type={looks[field].type}
            maxLength={looks[field].maxLength}
            error={error === 'bad' ? said[field].bad : error?.said}
            onChange={(text) => form.type(field, text)}
            onBlur={() => form.leave(field)}
          />
        )
      })}
    </>
  )
}
