import { useState } from 'react'
import type { AccountId, CityId } from '@/domain/ids'
import { type Mandate, type MandateList, offersHere, standingMandate } from '@/domain/mandate'
import type { Fen } from '@/domain/money'
import type { Day } from '@/domain/time'
import { useIntent } from '@/lifecycle/use-intent'
import { platform } from '@/platform'
import { useMandates } from '@/queries/use-mandates'
import { services } from '@/services'
import { asServiceError, type ServiceError } from '@/services/errors'
import type { MandateChange, MandateRequest } from '@/services/mandates'
import { mandatesOf } from '@/services/mandates'

/** What went wrong last: at the city, or the host did not open its page. */
export type MandateProblem = ServiceError | 'not-opened' | null

interface Acts {
  readonly problem: MandateProblem
  readonly reload: () => Promise<void>
  /** An auto-pay goes on to the host, where it is signed. */
  readonly begin: (terms: { ceilingFen: Fen; endsOn: Day } | null) => Promise<void>
  /** True when it was done. */
  readonly end: (mandate: Mandate) => Promise<boolean>
  readonly change: (mandate: Mandate, change: MandateChange) => Promise<boolean>
}

export type MandatePage =
  | { readonly status: 'loading' }
  | { readonly status: 'failed'; readonly error: ServiceError; readonly reload: () => Promise<void> }
  | (Acts & {
      readonly status: 'none'
      readonly list: MandateList
      readonly offers: ReturnType<typeof offersHere>
      /** The one that has ended last. */
      readonly last: Mandate | null
    })
  | (Acts & { readonly status: 'signing'; readonly list: MandateList; readonly mandate: Mandate })
  | (Acts & { readonly status: 'active'; readonly list: MandateList; readonly mandate: Mandate })
  /** Just now, here. */
  | (Acts & { readonly status: 'ended'; readonly list: MandateList; readonly mandate: Mandate })

export function useMandatePage(city: CityId, account: AccountId): MandatePage {
  const [load, , reload] = useMandates(city, account)
  const [problem, setProblem] = useState<MandateProblem>(null)
  const [ended, setEnded] = useState<Mandate | null>(null)
  const intent = useIntent()

  /** True when it was done; the page then shows what the city has. */
  const attempt = async (act: () => Promise<MandateProblem>): Promise<boolean> => {
    setProblem(null)
    try {
      const wrong = await act()
      setProblem(wrong)
      await reload()
      return wrong === null
    } catch (thrown) {
      setProblem(asServiceError(thrown))
      return false
    }
  }

  if (load.status === 'loading') return { status: 'loading' }
  if (load.status === 'failed') return { status: 'failed', error: load.error, reload }
  const list = load.value
  const acts: Acts = {
    problem,
    reload,
    begin: async (terms) => {
      const { cashierKind } = platform
      const request: MandateRequest = terms
        ? { kind: 'auto-pay', cashier: cashierKind, ...terms }
        : { kind: 'view-and-pay' }
      await attempt(async () => {
        const { signing } = await services.of(mandatesOf).begin(city, account, request, intent.keyOf(request))
        // Another wish for the same is another one: the city may have ended this one meanwhile.
        intent.end()
        if (request.kind !== 'auto-pay') return null
        const result = signing && (await platform.sign?.(signing))
        return result === 'left' ? null : 'not-opened'
      })
    },
    end: (mandate) =>
      attempt(async () => {
        setEnded(await services.of(mandatesOf).end(city, mandate.id))
        return null
      }),
    change: (mandate, change) =>
      attempt(async () => {
        await services.of(mandatesOf).change(city, mandate.id, change)
        return null
      }),
  }
  const standing = standingMandate(list)
  if (standing?.state === 'signing') return { status: 'signing', list, mandate: standing, ...acts }
  if (standing) return { status: 'active', list, mandate: standing, ...acts }
  if (ended && ended.state === 'ended' && ended.endReason === 'citizen' && ended.id === list.items[0]?.id)
    return { status: 'ended', list, mandate: list.items[0] ?? ended, ...acts }
  const offers = offersHere(list, { cashierKind: platform.cashierKind, canSign: platform.sign !== undefined })
  return { status: 'none', list, offers, last: list.items[0] ?? null, ...acts }
}
