import { useState } from 'react'
import type { CitizenCopy } from '@/domain/citizen'
import type { CityId } from '@/domain/ids'
import { services } from '@/services'
import { asServiceError, type ServiceError } from '@/services/errors'

export type CopyPage = { readonly take: () => Promise<void> } & (
  | { readonly status: 'before' }
  | { readonly status: 'taking' }
  | { readonly status: 'refused'; readonly error: ServiceError }
  | { readonly status: 'taken'; readonly copy: CitizenCopy }
)

type State =
  | { status: 'before' | 'taking' }
  | { status: 'refused'; error: ServiceError }
  | { status: 'taken'; copy: CitizenCopy }

/** A copy, taken on a tap only: the city notes each one. It stays in memory, and goes with the page. */
export function useCopy(city: CityId): CopyPage {
  const [state, setState] = useState<State>({ status: 'before' })
  const take = async () => {
    setState({ status: 'taking' })
    try {
      setState({ status: 'taken', copy: await services.citizen.copy(city) })
    } catch (thrown) {
      setState({ status: 'refused', error: asServiceError(thrown) })
    }
  }
  return { ...state, take }
}
