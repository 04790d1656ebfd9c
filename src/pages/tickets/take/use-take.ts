import { useState } from 'react'
import type { CityId, HallId } from '@/domain/ids'
import { verifiable } from '@/domain/level'
import { type Manifest, takesActions } from '@/domain/manifest'
import type { TicketLine } from '@/domain/ticket'
import { fromHere } from '@/lifecycle/go'
import { useStepUp } from '@/lifecycle/step-up'
import { useIntent } from '@/lifecycle/use-intent'
import { messageTemplates, subscribeToMessages } from '@/parts/messages'
import { valueOf } from '@/queries/use-load'
import { useManifest } from '@/queries/use-manifest'
import { useLive, useTicketLine } from '@/queries/use-tickets'
import { routes } from '@/routes'
import { services } from '@/services'
import { asServiceError, mayBeDone, type ServiceError } from '@/services/errors'
import { ticketsOf } from '@/services/tickets'

export type Taking =
  | { readonly status: 'idle' }
  /** As many as one person may take today. */
  | { readonly status: 'too-many' }
  /** `unsure`: not known whether a number was taken; trying again takes no second one. */
  | { readonly status: 'failed' | 'unsure'; readonly error: ServiceError }

export type TakePage =
  | { readonly status: 'loading' }
  | { readonly status: 'failed'; readonly error: ServiceError; readonly reload: () => Promise<void> }
  | {
      readonly status: 'ready'
      readonly line: TicketLine
      readonly manifest: Manifest | null
      readonly taking: Taking
      /** The host can show messages of this city. */
      readonly hasMessages: boolean
      /** Null while no number is given. */
      readonly take: (() => Promise<void>) | null
    }

/** A hall's queue, and taking a number of it. `purpose` is what somebody is verified for. */
export function useTake(city: CityId, hall: HallId, purpose: (hallName: string) => string): TakePage {
  const [load, reload, refresh] = useTicketLine(city, hall)
  const manifest = valueOf(useManifest(city)[0])
  const [taking, setTaking] = useState<Taking>({ status: 'idle' })
  const [messages, setMessages] = useState(false)
  const intent = useIntent()
  useLive(load.status === 'ready', refresh)

  const takeWith = async (messages: boolean, isVerified: boolean): Promise<void> => {
    const here = fromHere()
    const request = { hallId: hall, messages }
    setTaking({ status: 'idle' })
    try {
      const ticket = await services.of(ticketsOf).take(city, request, intent.keyOf(request))
      await here.replace(routes.ticket({ city, ticket: ticket.id }))
    } catch (thrown) {
      const error = asServiceError(thrown)
      const level = isVerified || error.code !== 'level-needed' ? null : verifiable(error.level)
      if (level !== null) {
        await stepUp({ city, level, purpose: purpose(valueOf(load)?.hallName ?? ''), hall })
        return
      }
      if (error.code === 'tickets-not-given' && error.tickets === 'open') return setTaking({ status: 'too-many' })
      setTaking({ status: mayBeDone(error) ? 'unsure' : 'failed', error })
      // What stands in the way is on the page then.
      if (error.code === 'tickets-not-given') await reload()
    }
  }
  const stepUp = useStepUp(() => takeWith(messages, true))
  const take = async () => {
    // Directly from the tap, or WeChat refuses to ask; taking goes on whatever the citizen chooses.
    const granted = await subscribeToMessages(manifest)
    setMessages(granted)
    await takeWith(granted, false)
  }

  if (load.status === 'loading') return load
  if (load.status === 'failed') return { ...load, reload }
  const isOpen = load.value.status === 'open' && (manifest === null || takesActions(manifest))
  return {
    status: 'ready',
    line: load.value,
    manifest,
    taking,
    hasMessages: messageTemplates(manifest).length > 0,
    take: isOpen && taking.status !== 'too-many' ? take : null,
  }
}
