import { useState } from 'react'
import type { ConsentKind, ConsentRecord, ConsentText } from '@/domain/consent'
import type { CityId } from '@/domain/ids'
import { useConsents } from '@/queries/use-consents'
import type { Load } from '@/queries/use-load'
import { services } from '@/services'
import { consentsOf } from '@/services/consents'
import { asServiceError, isRefusal, type ServiceError } from '@/services/errors'

export type ConsentsPage =
  | { readonly status: 'loading' }
  | { readonly status: 'failed'; readonly error: ServiceError; readonly reload: () => Promise<void> }
  | { readonly status: 'none'; readonly load: Load<unknown>; readonly reload: () => Promise<void> }
  | {
      readonly status: 'consents'
      readonly records: readonly ConsentRecord[]
      /** The one that is looked at. */
      readonly open: ConsentRecord | null
      readonly show: (consent: ConsentKind | null) => void
      /** How the last change ended, when it was not done. */
      readonly failure: { readonly act: 'give' | 'withdraw'; readonly error: ServiceError } | null
      /** The city has another text since it was read. */
      readonly isTextChanged: boolean
      /** True when it is done. */
      readonly give: (text: ConsentText) => Promise<boolean>
      readonly withdraw: (consent: ConsentKind) => Promise<boolean>
    }

type Change = 'give' | 'withdraw'

/** What was agreed to. A change is read again from the city: another phone may have changed it meanwhile. */
export function useConsentsPage(city: CityId): ConsentsPage {
  const [load, reload] = useConsents(city)
  const [shown, setShown] = useState<ConsentKind | null>(null)
  const [failure, setFailure] = useState<{ act: Change; error: ServiceError } | null>(null)
  if (load.status === 'loading') return { status: 'loading' }
  if (load.status === 'failed') return { status: 'failed', error: load.error, reload }
  const records = load.value
  if (records.length === 0) return { status: 'none', load, reload }
  const change = async (act: Change, send: () => Promise<void>) => {
    setFailure(null)
    try {
      await send()
      await reload()
      return true
    } catch (thrown) {
      setFailure({ act, error: asServiceError(thrown) })
      if (isRefusal(thrown, 'consent-text-changed')) await reload()
      return false
    }
  }
  return {
    status: 'consents',
    records,
    open: records.find(({ consent }) => consent === shown) ?? null,
    show(consent) {
      setFailure(null)
      setShown(consent)
    },
    failure,
    isTextChanged: failure !== null && isRefusal(failure.error, 'consent-text-changed'),
    give: (text) => change('give', () => services.of(consentsOf).give(city, text)),
    withdraw: (consent) => change('withdraw', () => services.of(consentsOf).withdraw(city, consent)),
  }
}
