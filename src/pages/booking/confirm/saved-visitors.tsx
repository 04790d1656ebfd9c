import { Button } from '@/components/button'
import { Check, Choice } from '@/components/choice'
import type { SavedVisitor } from '@/domain/visitor'
import { go } from '@/lifecycle/go'
import { routes } from '@/routes'
import { useText } from '@/text'
import { booking } from '@/text/booking/booking'
import { visitors } from '@/text/booking/visitors'
import type { ConfirmReady } from './use-confirm'

/** Who comes, of those whom the city keeps; nobody is shown where it keeps nobody. */
export function SavedVisitors({ page }: { page: ConfirmReady }) {
  const t = useText(visitors)
  const factsOf = useVisitorFacts()
  const { people, chosen, choose } = page.saved
  if (people.length === 0 || page.forCitizen !== null) return null
  return (
    <>
      <Choice
        label={t.who}
        value={chosen?.id ?? ''}
        onChange={(value) => choose(people.find(({ id }) => id === value)?.id ?? null)}
        options={[
          { value: '', label: t.somebodyElse },
          ...people.map((visitor) => ({ value: visitor.id, label: visitor.maskedName, note: factsOf(visitor) })),
        ]}
      />
      <Button kind="quiet" onTap={() => go(routes.visitors({ city: page.hold.cityId }))}>
        {t.manage}
      </Button>
    </>
  )
}

/** Whether the city is to keep who comes: unticked until the citizen says so. */
export function SaveVisitor({ page }: { page: ConfirmReady }) {
  const t = useText(visitors)
  const { isSaving, setSaving } = page.saved
  if (setSaving === null) return null
  return <Check label={t.save} note={t.saveNote} checked={isSaving} onChange={setSaving} />
}

/** What tells two people apart: telephone and document, masked. */
function useVisitorFacts() {
  const { documents } = useText(booking)
  return ({ maskedPhone, documentKind, maskedDocument }: SavedVisitor): string =>
    [
      maskedPhone,
      documentKind && documentKind !== 'unlisted' && `${documents[documentKind].name} ${maskedDocument ?? ''}`,
    ]
      .filter(Boolean)
      .join(' · ')
}
