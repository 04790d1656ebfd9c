import { useState } from 'react'
import { type GrantRole, type GrantThing, toggleThing } from '@/domain/family'
import type { CityId } from '@/domain/ids'
import { verifiable } from '@/domain/level'
import type { Day } from '@/domain/time'
import type { Listed } from '@/domain/unlisted'
import { fromHere } from '@/lifecycle/go'
import { useStepUp } from '@/lifecycle/step-up'
import { useIntent } from '@/lifecycle/use-intent'
import { routes } from '@/routes'
import { services } from '@/services'
import { asServiceError, type ServiceError } from '@/services/errors'
import { familyOf } from '@/services/family'

/** An invitation that is being made. Nothing is chosen until somebody chooses it. */
export interface InviteForm {
  readonly role: Listed<GrantRole> | null
  readonly things: readonly Listed<GrantThing>[]
  readonly endsOn: Day | null
  readonly problem: ServiceError | null
  readonly setRole: (role: Listed<GrantRole>) => void
  readonly toggle: (thing: Listed<GrantThing>) => void
  readonly setEndsOn: (day: Day) => void
  readonly send: () => Promise<void>
}

/** `purpose` tells the page of verification what it is for. */
export function useInvite(city: CityId, purpose: string): InviteForm {
  const [role, setRole] = useState<Listed<GrantRole> | null>(null)
  const [things, setThings] = useState<readonly Listed<GrantThing>[]>([])
  const [endsOn, setEndsOn] = useState<Day | null>(null)
  const [problem, setProblem] = useState<ServiceError | null>(null)
  const intent = useIntent()
  const stepUp = useStepUp(() => send(true))
  /** Once: when the city still wants more after that, its refusal stands. */
  const send = async (isVerified = false) => {
    if (role === null || things.length === 0 || endsOn === null) return
    const here = fromHere()
    const request = { role, things, endsOn }
    setProblem(null)
    try {
      const { id } = await services.of(familyOf).invite(city, request, intent.keyOf(request))
      intent.end()
      await here.replace(routes.grant({ city, grant: id }))
    } catch (thrown) {
      const error = asServiceError(thrown)
      const level = isVerified || error.code !== 'level-needed' ? null : verifiable(error.level)
      if (level === null) setProblem(error)
      else await stepUp({ city, level, purpose })
    }
  }
  return {
    role,
    things,
    endsOn,
    problem,
    setRole,
    toggle: (thing) => setThings((before) => toggleThing(before, thing)),
    setEndsOn,
    send: () => send(),
  }
}
