import { useRef } from 'react'
import type { CityId, HallId } from '@/domain/ids'
import type { VerifiedLevel } from '@/domain/level'
import type { Instant } from '@/domain/time'
import { routes } from '@/routes'
import { go } from './go'
import { useEffectWhileVisible } from './use-visible'

/** What somebody was about to do when the city asked who they are. In memory only: names and numbers are in no link. */
export interface StepUp {
  readonly city: CityId
  readonly level: VerifiedLevel
  /** What it is for, as the city calls it. */
  readonly purpose: string
  /** What was typed already. */
  readonly name?: string | undefined
  readonly idNumber?: string | undefined
  /** Where it can be done without. */
  readonly hall?: HallId | undefined
  /** Until when what was begun is kept. */
  readonly until?: Instant | undefined
}

let current: { readonly request: StepUp; isVerified: boolean } | null = null

/** What the page of verification is for; null when it was opened by an old link. */
export const stepUpFor = (city: CityId, level: VerifiedLevel): StepUp | null =>
  current?.request.city === city && current.request.level === level ? current.request : null

/** The citizen is verified: what they were about to do goes on once its page is shown again. */
export function noteVerified(): void {
  if (current) current.isVerified = true
}

/**
 * Verifies the citizen on a page of its own, above this one, which keeps all that was typed. Once this page is shown again `goOn` is
 * called when they are verified, and nothing when they are not.
 */
export function useStepUp(goOn: () => unknown): (request: StepUp) => Promise<boolean> {
  const own = useRef<typeof current>(null)
  const latest = useRef(goOn)
  latest.current = goOn
  useEffectWhileVisible((isBack) => {
    const { current: begun } = own
    if (!isBack || begun === null) return undefined
    own.current = null
    if (current === begun) current = null
    if (begun.isVerified) void latest.current()
    return undefined
  }, [])
  return (request) => {
    current = { request, isVerified: false }
    own.current = current
    return go(routes.identity({ city: request.city, level: request.level, hall: request.hall }))
  }
}
