import { useRef, useState } from 'react'
import type { CityId, HallId, VerificationId } from '@/domain/ids'
import type { VerifiedLevel } from '@/domain/level'
import { hasFeature } from '@/domain/manifest'
import { normalise, textProblem } from '@/domain/typed'
import { notVerified, type Verifying, type VerifyingEvent, verifyingAfter } from '@/domain/verification'
import { fromHere } from '@/lifecycle/go'
import { noteVerified, type StepUp, stepUpFor } from '@/lifecycle/step-up'
import { platform } from '@/platform'
import { useLoad, valueOf } from '@/queries/use-load'
import { useManifest } from '@/queries/use-manifest'
import { tabs } from '@/routes'
import { services } from '@/services'
import { asServiceError, type ServiceError } from '@/services/errors'
import { hallsOf } from '@/services/halls'
import { verificationsOf } from '@/services/verifications'

/** What is wrong with a field; `byCity` in the city's own text. */
export type FieldError = 'empty' | 'unreadable' | { readonly extra: number } | 'bad' | { readonly byCity: string }
type Field = 'name' | 'idNumber'

export interface VerifyPage {
  readonly verifying: Verifying
  readonly request: StepUp | null
  readonly typed: Readonly<Record<Field, string>>
  readonly errors: Readonly<Partial<Record<Field, FieldError>>>
  readonly type: (field: Field, text: string) => void
  /** False where this city or this host does not verify: the ways without remain. */
  readonly isOffered: boolean
  /** The city's telephone, once it is known. */
  readonly phone: string | null
  readonly hall: { readonly name: string; readonly address: string; readonly phone: string } | null
  readonly verify: () => Promise<void>
  /** Asks once more what became of the last one; null where there is none. */
  readonly check: (() => Promise<void>) | null
}

/** A host needs a moment after its page is closed. */
const pauseMs = 1_500
const longestName = 60
/** The city checks the rest of it, and names what is wrong. */
const idNumberShape = /^\d{17}[\dX]$/

/** Verifies the citizen with the host. Only what the city says counts; what was typed stays as long as this page. */
export function useVerify(city: CityId, level: VerifiedLevel, hallId: HallId | undefined): VerifyPage {
  const [request] = useState(() => stepUpFor(city, level))
  const [manifest] = useManifest(city)
  const [hall] = useLoad([city, hallId] as const, async (city, id) => (id ? services.of(hallsOf).get(city, id) : null))
  const [typed, setTyped] = useState({ name: request?.name ?? '', idNumber: request?.idNumber ?? '' })
  const [errors, setErrors] = useState<VerifyPage['errors']>({})
  const [last, setLast] = useState<VerificationId | null>(null)
  const [verifying, setVerifying] = useState<Verifying>(notVerified)
  // Responses may come before the state is rendered.
  const latest = useRef(verifying)
  const dispatch = (event: VerifyingEvent): Verifying => {
    latest.current = verifyingAfter(latest.current, event)
    setVerifying(latest.current)
    return latest.current
  }

  const valid = () => {
    const name = normalise('name', typed.name)
    const idNumber = normalise('document-number', typed.idNumber)
    const wrong: Partial<Record<Field, FieldError>> = {}
    const nameProblem = textProblem('name', typed.name, longestName) ?? (name === '' ? 'empty' : null)
    const numberProblem = idNumber === '' ? 'empty' : idNumberShape.test(idNumber) ? null : 'bad'
    if (nameProblem) wrong.name = nameProblem
    if (numberProblem) wrong.idNumber = numberProblem
    setErrors(wrong)
    return nameProblem || numberProblem ? null : { name, idNumber }
  }

  const failed = (error: ServiceError) => {
    const fields: Partial<Record<Field, FieldError>> = {}
    for (const { field, problem } of error.fields ?? [])
      if (field === 'name' || field === 'idNumber') fields[field] = { byCity: problem }
    if (Object.keys(fields).length > 0) {
      setErrors(fields)
      return dispatch({ kind: 'fields-refused' })
    }
    const end =
      error.code === 'verifier-not-answering'
        ? 'not-answering'
        : error.code === 'forbidden'
          ? 'not-opened'
          : error.code === 'consent-needed'
            ? 'not-agreed'
            : 'no-answer'
    return dispatch({ kind: 'failed', end })
  }

  /** Asks the city until it knows, or has been asked often enough. */
  const settle = async (here: ReturnType<typeof fromHere>) => {
    for (let now = latest.current; now.status === 'checking'; now = latest.current) {
      if (now.asked > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs))
      try {
        dispatch({ kind: 'read', verification: await services.of(verificationsOf).get(city, now.id) })
      } catch (thrown) {
        failed(asServiceError(thrown))
      }
    }
    if (latest.current.status !== 'verified') return
    noteVerified()
    await here.back(tabs.home)
  }

  const verify = async () => {
    const person = valid()
    if (person === null) return
    const here = fromHere()
    if (dispatch({ kind: 'sent' }).status !== 'beginning') return
    try {
      const { verification, invocation } = await services.of(verificationsOf).begin(city, { level, ...person })
      setLast(verification.id)
      dispatch({ kind: 'begun', id: verification.id })
      const result = invocation && (await platform.verify?.(invocation))
      if (result !== 'closed') return void dispatch({ kind: 'not-opened' })
      dispatch({ kind: 'closed' })
    } catch (thrown) {
      return void failed(asServiceError(thrown))
    }
    await settle(here)
  }

  const known = valueOf(manifest)
  return {
    verifying,
    request,
    typed,
    errors,
    type(field, text) {
      setTyped((before) => ({ ...before, [field]: text }))
      setErrors(({ [field]: _, ...others }) => others)
    },
    isOffered: platform.verify !== undefined && (known === null || hasFeature(known, 'verification')),
    phone: known?.phone ?? null,
    hall: valueOf(hall),
    verify,
    check:
      last === null
        ? null
        : async () => {
            const here = fromHere()
            dispatch({ kind: 'again', id: last })
            await settle(here)
          },
  }
}
