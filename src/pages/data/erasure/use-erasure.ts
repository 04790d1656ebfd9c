import { useRef, useState } from 'react'
import type { Citizen } from '@/domain/citizen'
import { type ErasureOutcome, erasureOutcome } from '@/domain/erasure'
import type { CitizenId, CityId } from '@/domain/ids'
import { useCitizen } from '@/queries/use-citizen'
import { valueOf } from '@/queries/use-load'
import { useManifest } from '@/queries/use-manifest'
import { services } from '@/services'
import { asServiceError, mayBeDone, type ServiceError } from '@/services/errors'

export type ErasurePage =
  | { readonly status: 'loading' }
  | { readonly status: 'failed'; readonly error: ServiceError; readonly reload: () => Promise<void> }
  | { readonly status: 'erased' }
  | {
      readonly status: 'asking'
      readonly citizen: Citizen
      /** The city's telephone; null until its manifest is there. */
      readonly phone: string | null
      readonly isUnderstood: boolean
      readonly setUnderstood: (understood: boolean) => void
      /** How the last attempt ended. */
      readonly attempt: { readonly outcome: Exclude<ErasureOutcome, 'erased'>; readonly error: ServiceError } | null
      readonly erase: () => Promise<void>
    }

/** Erasing what a city keeps. Who is erased is settled by the first attempt: a repeated one may already be somebody new. */
export function useErasure(city: CityId): ErasurePage {
  const [load, reload] = useCitizen(city)
  const manifest = valueOf(useManifest(city)[0])
  const [isUnderstood, setUnderstood] = useState(false)
  const [attempt, setAttempt] = useState<Extract<ErasurePage, { status: 'asking' }>['attempt']>(null)
  const [isErased, setErased] = useState(false)
  const who = useRef<CitizenId | null>(null)

  if (isErased) return { status: 'erased' }
  if (load.status === 'loading') return { status: 'loading' }
  if (load.status === 'failed') return { status: 'failed', error: load.error, reload }
  const citizen = load.value

  const end = () => {
    services.sessions.forget(city)
    setErased(true)
  }
  const erase = async () => {
    who.current ??= citizen.id
    setAttempt(null)
    try {
      await services.citizen.erase(city)
      end()
    } catch (thrown) {
      const error = asServiceError(thrown)
      const now = services.sessions.current(city)?.citizenId
      const isSomebodyElse = now !== undefined && now !== who.current
      const outcome = erasureOutcome({ ...error, mayBeDone: mayBeDone(error), isSomebodyElse })
      if (outcome === 'erased') end()
      else setAttempt({ outcome, error })
    }
  }
  return { status: 'asking', citizen, phone: manifest?.phone ?? null, isUnderstood, setUnderstood, attempt, erase }
}
