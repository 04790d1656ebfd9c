import { useCallback, useRef, useState } from 'react'
import { type DocumentProblem, documentProblem, type KnownDocument } from '@/domain/document'
import type { Day } from '@/domain/time'
import { isPhone, normalise, textProblem } from '@/domain/typed'
import type { VisitorField } from '@/domain/visitor'
import type { Visitor } from '@/services/appointments'
import type { ServiceError } from '@/services/errors'

/** What is wrong with a field; `byCity` in the city's own text. */
export type VisitorError = 'empty' | 'bad' | 'unreadable' | { extra: number } | DocumentProblem | { byCity: string }
export type VisitorErrors = Partial<Record<VisitorField | 'document-kind', VisitorError>>

export interface VisitorForm {
  readonly fields: readonly VisitorField[]
  readonly typed: Readonly<Record<VisitorField, string>>
  readonly errors: VisitorErrors
  readonly type: (field: VisitorField, text: string) => void
  /** The documents to choose from, and the chosen one. */
  readonly kinds: readonly KnownDocument[]
  readonly kind: KnownDocument
  /** What was typed stays: it may be the number of the other one. */
  readonly setKind: (kind: KnownDocument) => void
  /** Checks a field once the citizen has left it. */
  readonly leave: (field: VisitorField) => void
  /** The visitor as the city takes it, or null after marking what is wrong. */
  readonly read: () => Visitor | null
  /** Shows what the city found wrong; false when it is about none of these fields. */
  readonly blame: (error: ServiceError) => boolean
}

const empty: Record<VisitorField, string> = { name: '', phone: '', 'id-number': '' }

/** As long as the contract lets a name be. */
const longestName = 60

const fieldKinds = { name: 'name', phone: 'phone', 'id-number': 'document-number' } as const

/** The form's field for each field on the wire. */
const fieldOf: Readonly<Record<string, VisitorField | 'document-kind'>> = {
  'visitor.name': 'name',
  'visitor.phone': 'phone',
  'visitor.idNumber': 'id-number',
  'visitor.documentNumber': 'id-number',
  'visitor.documentKind': 'document-kind',
}

/** Who comes: exactly what the city demands. Never stored: it lives as long as this page. */
export function useVisitor(
  fields: readonly VisitorField[],
  kinds: readonly KnownDocument[],
  today: () => Day,
): VisitorForm {
  const [typed, setTyped] = useState(empty)
  const [errors, setErrors] = useState<VisitorErrors>({})
  const [chosen, setChosen] = useState<KnownDocument | null>(null)
  // The items may load later and leave fewer kinds.
  const kind = chosen !== null && kinds.indexOf(chosen) >= 0 ? chosen : (kinds[0] ?? 'id-card')

  // A field may be left before the last letter is rendered.
  const latest = useRef(typed)
  const type = useCallback((field: VisitorField, text: string) => {
    latest.current = { ...latest.current, [field]: text }
    setTyped(latest.current)
    setErrors((before) => ({ ...before, [field]: undefined }))
  }, [])
  const valueAt = (field: VisitorField) => normalise(fieldKinds[field], latest.current[field])
  const check = (field: VisitorField): VisitorError | null => {
    const value = valueAt(field)
    const problem = textProblem(fieldKinds[field], latest.current[field], longestName)
    if (problem === 'unreadable') return problem
    if (value === '') return 'empty'
    if (field === 'name') return problem
    if (field === 'phone') return isPhone(value) ? null : 'bad'
    return documentProblem(kind, value, today())
  }

  return {
    fields,
    typed,
    errors,
    type,
    kinds,
    kind,
    setKind(next) {
      setChosen(next)
      setErrors(({ 'id-number': _number, 'document-kind': _kind, ...others }) => others)
    },
    leave(field) {
      const error = latest.current[field] === '' ? null : check(field)
      if (error) setErrors((before) => ({ ...before, [field]: error }))
    },
    read() {
      const bad: VisitorErrors = {}
      for (const field of fields) {
        const error = check(field)
        if (error) bad[field] = error
      }
      setErrors(bad)
      if (Object.keys(bad).length > 0) return null
      const has = (field: VisitorField) => fields.indexOf(field) >= 0
      const number = has('id-number') ? valueAt('id-number') : undefined
      return {
        ...(has('name') && { name: valueAt('name') }),
        ...(has('phone') && { phone: valueAt('phone') }),
        // Cities that know one kind only know it by this name.
        ...(number && (kind === 'id-card' ? { idNumber: number } : { documentKind: kind, documentNumber: number })),
      }
    },
    blame(error) {
      const found: VisitorErrors = {}
      for (const { field, problem } of error.fields ?? []) {
        const own = fieldOf[field]
        if (own && (own === 'document-kind' ? kinds.length > 1 : fields.indexOf(own) >= 0))
          found[own] = { byCity: problem }
        else if (own === 'document-kind') found['id-number'] = { byCity: problem }
      }
      setErrors(found)
      return Object.keys(found).length > 0
    },
  }
}
