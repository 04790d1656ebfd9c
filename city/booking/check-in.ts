import type { KeyObject } from 'node:crypto'
import type { CheckInCode } from '../../contract/wire/types.gen'
import { signed } from '../signature'
import { instant } from '../words'

const opensBefore = 30 * 60_000

/** The code that a person reads out, and a QR text that a hall's machine can verify without a network. */
export function checkInOf(
  visit: { cityId: string; appointmentId: string; code: string; startsAt: Date; endsAt: Date },
  key: KeyObject,
): CheckInCode {
  const validFrom = new Date(visit.startsAt.getTime() - opensBefore)
  const seconds = [validFrom, visit.endsAt].map((date) => Math.floor(date.getTime() / 1000))
  return {
    code: visit.code,
    qrText: signed(['city-visit', visit.cityId, visit.appointmentId, visit.code, ...seconds].join(':'), key),
    validFrom: instant(validFrom),
    validUntil: instant(visit.endsAt),
  }
}
