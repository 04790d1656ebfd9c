import { useCallback, useState } from 'react'
import type { BookingRules } from '@/domain/manifest'
import type { Listed } from '@/domain/unlisted'
import type { Visitor } from '@/services/appointments'
import type { ServiceError } from '@/services/errors'

export type VisitorField = Listed<BookingRules['visitor'][number]>
export type VisitorErrors = Partial<Record<VisitorField, 'bad' | { said: string }>>

export interface VisitorForm {
  readonly fields: readonly VisitorField[]
  readonly typed: Readonly<Record<VisitorField, string>>
  readonly errors: VisitorErrors
  readonly type: (field: VisitorField, text: string) => void
  /** Says what is wrong with a field once the citizen has left it. */
  readonly leave: (field: VisitorField) => void
  /** The visitor as the city wants it, or null after marking what is wrong. */
  readonly read: () => Visitor | null
  /** Takes in what the city found wrong; false when it is about none of these fields. */
  readonly blame: (error: ServiceError) => boolean
}

const nameInWire = { name: 'name', phone: 'phone', 'id-number': 'idNumber' } as const
const empty: Record<VisitorField, string> = { name: '', phone: '', 'id-number': '' }

/** Wrong digits at the end are found by the city; here only what is certainly no such number. */
const isGood: Readonly<Record<VisitorField, (text: string) => boolean>> = {
  name: (text) => text.length > 0,
  phone: (text) => /^1\d{10}$/.test(text),
  'id-number': (text) => /^\d{17}[\dXx]$/.test(text),
}

const tidy: Readonly<Record<VisitorField, (text: string) => string>> = {
  name: (text) => text.trim(),
  // As people write it: 138 0000 0001, 138-0000-0001
  phone: (text) => text.replace(/[\s-]/g, ''),
  'id-number': (text) => text.replace(/\s/g, '').toUpperCase(),
}

/** Who comes: exactly what the city demands. It lives in this page only, and is gone with it. */
export function useVisitor(fields: readonly VisitorField[]): VisitorForm {
  const [typed, setTyped] = useState(empty)
  const [errors, setErrors] = useState<VisitorErrors>({})

  const type = useCallback((field: VisitorField, text: string) => {
    setTyped((before) => ({ ...before, [field]: text }))
    setErrors((before) => ({ ...before, [field]: undefined }))
  }, [])
  const check = (field: VisitorField) => isGood[field](tidy[field](typed[field]))

  return {
    fields,
    typed,
    errors,
    type,
    leave(field) {
      if (typed[field] !== '' && !check(field)) setErrors((before) => ({ ...before, [field]: 'bad' }))
    },
    read() {
      const bad: VisitorErrors = {}
      const visitor: Partial<Record<keyof Visitor, string>> = {}
      for (const field of fields) {
        if (check(field)) visitor[nameInWire[field]] = tidy[field](typed[field])
        else bad[field] = 'bad'
      }
      setErrors(bad)
      return Object.keys(bad).length > 0 ? null : visitor
    },
    blame(error) {
      const found: VisitorErrors = {}
      for (const { field, problem } of error.fields ?? []) {
        const own = fields.find((name) => field === `visitor.${nameInWire[name]}`)
        if (own) found[own] = { said: problem }
      }
      setErrors(found)
      return Object.keys(found).length > 0
    },
  }
}
