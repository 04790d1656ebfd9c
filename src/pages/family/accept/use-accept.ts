import { useState } from 'react'
import type { Invitation } from '@/domain/family'
import type { CityId } from '@/domain/ids'
import { readInvitationCode } from '@/domain/invitation-code'
import { verifiable } from '@/domain/level'
import { fromHere } from '@/lifecycle/go'
import { useStepUp } from '@/lifecycle/step-up'
import { useIntent } from '@/lifecycle/use-intent'
import { routes } from '@/routes'
import { services } from '@/services'
import { asServiceError, type ServiceError } from '@/services/errors'
import { familyOf } from '@/services/family'

/** A code, and what it invites to once the city has said so. */
export interface AcceptForm {
  readonly code: string
  /** False for what is no code at all. */
  readonly isCode: boolean
  readonly invitation: Invitation | null
  readonly problem: ServiceError | null
  readonly setCode: (code: string) => void
  readonly look: () => Promise<void>
  readonly accept: () => Promise<void>
  readonly refuse: () => void
}

/** A link only fills the code in: nothing is sent before somebody taps. `purpose` is for the page of verification. */
export function useAccept(city: CityId, linked: string | undefined, purpose: string): AcceptForm {
  const [code, setCode] = useState(linked ?? '')
  const [invitation, setInvitation] = useState<Invitation | null>(null)
  const [problem, setProblem] = useState<ServiceError | null>(null)
  const intent = useIntent()
  const read = readInvitationCode(code)
  const stepUp = useStepUp(() => (invitation === null ? look(true) : accept(true)))
  const attempt = async (isVerified: boolean, act: (code: string) => Promise<unknown>) => {
    if (read === null) return
    setProblem(null)
    try {
      await act(read)
    } catch (thrown) {
      const error = asServiceError(thrown)
      const level = isVerified || error.code !== 'level-needed' ? null : verifiable(error.level)
      if (error.code === 'invitation-not-open') setInvitation(null)
      if (level === null) setProblem(error)
      else await stepUp({ city, level, purpose })
    }
  }
  const look = (isVerified = false) =>
    attempt(isVerified, async (sent) => setInvitation(await services.of(familyOf).check(city, sent)))
  const accept = (isVerified = false) => {
    const here = fromHere()
    return attempt(isVerified, async (sent) => {
      const { id } = await services.of(familyOf).accept(city, sent, intent.keyOf({ sent }))
      intent.end()
      await here.replace(routes.grant({ city, grant: id }))
    })
  }
  return {
    code,
    isCode: read !== null,
    invitation,
    problem,
    setCode(next) {
      setProblem(null)
      setCode(next)
    },
    look: () => look(),
    accept: () => accept(),
    refuse: () => setInvitation(null),
  }
}
