import { useState } from 'react'
import type { CityId, GrantId } from '@/domain/ids'
import { useActs, useGrant } from '@/queries/use-family'
import { services } from '@/services'
import { asServiceError, type ServiceError } from '@/services/errors'
import { familyOf } from '@/services/family'

/** One grant with its log, and the way to end it. */
export function useGrantPage(city: CityId, id: GrantId) {
  const [load, reload] = useGrant(city, id)
  const acts = useActs(city, id)
  const [isAsking, ask] = useState(false)
  const [problem, setProblem] = useState<ServiceError | null>(null)
  const end = async () => {
    setProblem(null)
    try {
      await services.of(familyOf).end(city, id)
      ask(false)
      await Promise.all([reload(), acts.reload()])
    } catch (thrown) {
      setProblem(asServiceError(thrown))
    }
  }
  return { load, reload, acts, isAsking, ask, problem, end }
}

export type GrantPage = ReturnType<typeof useGrantPage>
