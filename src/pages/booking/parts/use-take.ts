import { useCallback, useRef, useState } from 'react'
import type { Hold } from '@/domain/hold'
import type { AppointmentId, CityId, ItemId } from '@/domain/ids'
import { nearestSlots, type Slot } from '@/domain/slot'
import { fromHere, type Go } from '@/lifecycle/go'
import { services } from '@/services'
import type { ServiceError } from '@/services/errors'
import { useBooking } from './use-booking'

/** How far a tap on a time has come. */
export type Take =
  | { readonly status: 'idle' }
  | { readonly status: 'taking'; readonly slot: Slot }
  /** Somebody was faster: the nearest free ones instead, at most three. */
  | { readonly status: 'taken'; readonly lost: Slot; readonly alternatives: readonly Slot[] }
  /** `unsure`: not known whether it is held. */
  | { readonly status: 'failed' | 'unsure'; readonly slot: Slot; readonly error: ServiceError }

interface Options {
  readonly city: CityId
  readonly items: readonly [ItemId, ...ItemId[]]
  /** How many come together. */
  readonly persons: number
  /** The appointment to be moved. */
  readonly appointment?: AppointmentId | undefined
  /** `here`: navigation of the page where the time was tapped. */
  readonly onHeld: (hold: Hold, here: Go) => unknown
}

export interface Taking {
  readonly take: Take
  readonly hold: (slot: Slot) => Promise<void>
  readonly dismiss: () => void
}

/** A tap on a time becomes a hold or a reason. Used where times are chosen and where one is held again. */
export function useTake(options: Options): Taking {
  const booking = useBooking()
  const [take, setTake] = useState<Take>({ status: 'idle' })
  const latest = useRef(options)
  latest.current = options

  const isTaking = useRef(false)
  const hold = useCallback(
    async (slot: Slot) => {
      // A second tap, on whatever time, waits for the first: each hold releases the one before.
      if (isTaking.current) return
      isTaking.current = true
      const { city, items, persons, appointment, onHeld } = latest.current
      const [itemId, ...moreItemIds] = items
      setTake({ status: 'taking', slot })
      const here = fromHere()
      const result = await booking.hold(city, {
        slotId: slot.id,
        itemId,
        ...(moreItemIds.length > 0 && { moreItemIds }),
        ...(persons > 1 && { persons }),
        ...(appointment && { appointmentId: appointment }),
      })
      try {
        if (result.kind === 'held') {
          setTake({ status: 'idle' })
          await onHeld(result.hold, here)
        } else if (result.kind === 'taken') {
          const alternatives = nearestSlots(result.alternatives, slot, services.serverNow(city), { persons })
          setTake({ status: 'taken', lost: slot, alternatives })
        } else setTake({ status: result.kind, slot, error: result.error })
      } finally {
        isTaking.current = false
      }
    },
    [booking],
  )
  const dismiss = useCallback(() => setTake({ status: 'idle' }), [])
  return { take, hold, dismiss }
}
