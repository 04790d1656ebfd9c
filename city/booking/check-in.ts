import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import type { CheckInCode } from '../../contract/wire/types.gen'
import { instant } from '../words'

/** RFC 8410: what precedes the 32 bytes of an Ed25519 private key in PKCS #8. */
const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex')

const keys = new Map<string, KeyObject>()

/** Each sandbox city has a key of its own, the same on every run so that codes outlive a restart. It protects nothing real. */
function keyOf(cityId: string): KeyObject {
  const known = keys.get(cityId)
  if (known) return known
  const seed = createHash('sha256').update(`sandbox check-in codes of ${cityId}`).digest()
  const key = createPrivateKey({ key: Buffer.concat([pkcs8, seed]), format: 'der', type: 'pkcs8' })
  keys.set(cityId, key)
  return key
}

const opensBefore = 30 * 60_000

/** The code that a person reads out, and a QR text that a hall's machine can verify without a network. */
export function checkInOf(visit: {
  cityId: string
  appointmentId: string
  code: string
  startsAt: Date
  endsAt: Date
}): CheckInCode {
  const validFrom = new Date(visit.startsAt.getTime() - opensBefore)
  const seconds = [validFrom, visit.endsAt].map((date) => Math.floor(date.getTime() / 1000))
  const signed = ['city-visit', visit.cityId, visit.appointmentId, visit.code, ...seconds].join(':')
  const signature = sign(null, Buffer.from(signed), keyOf(visit.cityId)).toString('base64url')
  return {
    code: visit.code,
    qrText: `${signed}:${signature}`,
    validFrom: instant(validFrom),
    validUntil: instant(visit.endsAt),
  }
}

/** True when the city signed exactly this text. @public: the machine in a hall asks it, and none is in the sandbox. */
export function isSignedByCity(cityId: string, qrText: string): boolean {
  const cut = qrText.lastIndexOf(':')
  if (cut < 0 || !qrText.startsWith(`city-visit:${cityId}:`)) return false
  const signature = Buffer.from(qrText.slice(cut + 1), 'base64url')
  return verify(null, Buffer.from(qrText.slice(0, cut)), createPublicKey(keyOf(cityId)), signature)
}
