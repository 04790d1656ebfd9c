import { useCallback, useRef, useState } from 'react'
import type { Hold } from '@/domain/hold'
import type { AppointmentId, CityId, IdempotencyKey, ItemId } from '@/domain/ids'
import { nearestSlots, type Slot } from '@/domain/slot'
import { fromHere } from '@/lifecycle/leave'
import type { Navigation } from '@/platform/types'
import { services } from '@/services'
import { asServiceError, type ServiceError } from '@/services/errors'

/** What became of the wish to hold a place. */
export type Take =
  | { readonly status: 'idle' }
  | { readonly status: 'taking'; readonly slot: Slot }
  /** Somebody was faster: the nearest free ones instead, at most three. */
  | { readonly status: 'taken'; readonly lost: Slot; readonly alternatives: readonly Slot[] }
  | { readonly status: 'failed'; readonly slot: Slot; readonly error: ServiceError }

interface Wish {
  readonly city: CityId
  readonly items: readonly [ItemId, ...ItemId[]]
  /** The visit to be moved. */
  readonly appointment?: AppointmentId | undefined
  /** `here`: steps of the page where the time was tapped. */
  readonly onHeld: (hold: Hold, here: Navigation) => unknown
}

export interface Taking {
  readonly take: Take
  /** Holds the slot. Again for the same slot after no answer came, it is the same intent and finds the same hold. */
  readonly hold: (slot: Slot) => Promise<void>
  readonly dismiss: () => void
}

/** A tap on a time: one intent, one key, and a hold or a reason. Used where times are chosen and where one is held again. */
export function useTake(wish: Wish): Taking {
  const [take, setTake] = useState<Take>({ status: 'idle' })
  const intent = useRef<{ wanted: string; key: IdempotencyKey } | null>(null)
  const latest = useRef(wish)
  latest.current = wish

  const isTaking = useRef(false)
  const hold = useCallback(async (slot: Slot) => {
    // A second tap, on whatever time, waits for the first: each hold gives the one before back.
    if (isTaking.current) return
    isTaking.current = true
    const { city, items, appointment, onHeld } = latest.current
    const [itemId, ...moreItemIds] = items
    const wanted = [slot.id, ...items].join()
    if (intent.current?.wanted !== wanted) intent.current = { wanted, key: services.newIdempotencyKey() }
    setTake({ status: 'taking', slot })
    const here = fromHere()
    try {
      const order = {
        slotId: slot.id,
        itemId,
        ...(moreItemIds.length > 0 && { moreItemIds }),
        ...(appointment && { appointmentId: appointment }),
      }
      const held = await services.holds.create(city, order, intent.current.key)
      intent.current = null
      setTake({ status: 'idle' })
      await onHeld(held, here)
    } catch (thrown) {
      const error = asServiceError(thrown)
      // A refusal ends the intent. Without an answer it stays open: the hold may be there already.
      if (error.kind === 'refused') intent.current = null
      setTake(
        error.code === 'slot-taken'
          ? {
              status: 'taken',
              lost: slot,
              alternatives: nearestSlots(error.alternatives ?? [], slot, services.serverNow(city)),
            }
          : { status: 'failed', slot, error },
      )
    } finally {
      isTaking.current = false
    }
  }, [])
  const dismiss = useCallback(() => setTake({ status: 'idle' }), [])
  return { take, hold, dismiss }
}
