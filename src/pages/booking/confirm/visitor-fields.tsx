import { View } from '@tarojs/components'
import { Fragment, useState } from 'react'
import { Button } from '@/components/button'
import { Choice } from '@/components/choice'
import { Field } from '@/components/field'
import type { KnownDocument } from '@/domain/document'
import type { VisitorField } from '@/domain/visitor'
import { useText } from '@/text'
import { booking } from '@/text/booking/booking'
import { terms } from '@/text/terms'
import type { VisitorError, VisitorForm } from './use-visitor'

/** With an X where a number may end with one, with letters where it has some. */
const keyboards: Readonly<Record<KnownDocument, 'idcard' | 'number' | 'text'>> = {
  'id-card': 'idcard',
  'residence-permit': 'idcard',
  'taiwan-permit': 'number',
  'hk-macao-permit': 'text',
  passport: 'text',
  'foreign-passport': 'text',
  'permanent-resident': 'text',
}

/** What is wrong with a field, in a sentence. */
function useErrorText({ kind }: VisitorForm) {
  const t = useText(booking)
  const { unreadable, tooLong } = useText(terms)
  const label = t.documents[kind].number
  return (field: VisitorField | 'document-kind', error: VisitorError | undefined): string | undefined => {
    if (error === undefined) return undefined
    if (typeof error === 'object') return 'byCity' in error ? error.byCity : tooLong(error.extra, 60)
    switch (error) {
      case 'unreadable':
        return unreadable
      case 'first-cards':
        return t.firstCards
      case 'birthday':
        return t.badBirthday
      case 'check-character':
        return t.badCheck
      case 'empty':
        return field === 'name' ? t.badName : field === 'phone' ? t.noPhone : t.noDocument(label)
      default:
        return field === 'phone' ? t.badPhone : t.documents[kind].bad
    }
  }
}

/** The chosen kind of document; the others are a tap away, so that most people see one choice less. */
function DocumentKinds({ form, error }: { form: VisitorForm; error: string | undefined }) {
  const t = useText(booking)
  const [isOpen, setOpen] = useState(false)
  const { kind, kinds } = form
  const choose = (value: string) => {
    const next = kinds.find((other) => other === value)
    if (next) form.setKind(next)
    setOpen(false)
  }
  return (
    <View>
      <Choice
        label={t.documentKind}
        value={kind}
        onChange={choose}
        options={kinds
          .filter((value) => isOpen || value === kind)
          .map((value) => ({ value, label: t.documents[value].name }))}
        error={error}
      />
      {!isOpen && (
        <Button kind="quiet" onTap={() => setOpen(true)}>
          {t.otherDocument}
        </Button>
      )}
    </View>
  )
}

/** What the hall demands of a visitor, and nothing more. */
export function VisitorFields({ form }: { form: VisitorForm }) {
  const t = useText(booking)
  const textOf = useErrorText(form)
  const { kind, kinds } = form
  const documents = t.documents
  const inputs = {
    name: { label: t.name, hint: t.nameHint, type: 'text' },
    phone: { label: t.phone, hint: t.phoneHint, type: 'phone' },
    'id-number': { label: documents[kind].number, hint: undefined, type: keyboards[kind] },
  } as const
  return (
    <>
      {form.fields.map((field) => (
        <Fragment key={field}>
          {field === 'id-number' && kinds.length > 1 && (
            <DocumentKinds form={form} error={textOf('document-kind', form.errors['document-kind'])} />
          )}
          <Field
            label={inputs[field].label}
            hint={inputs[field].hint}
            value={form.typed[field]}
            type={inputs[field].type}
            error={textOf(field, form.errors[field])}
            onChange={(text) => form.type(field, text)}
            onBlur={() => form.leave(field)}
          />
        </Fragment>
      ))}
    </>
  )
}
