import { createPublicKey, type KeyObject, sign, verify } from 'node:crypto'

/** `text` and the city's Ed25519 signature of it, for a QR code that a counter verifies without a network. */
export const signed = (text: string, key: KeyObject): string =>
  `${text}:${sign(null, Buffer.from(text), key).toString('base64url')}`

/** Whether `text` ends in a signature of all before it. `key`: the city's public or private key. @public: counters ask it. */
export function isSigned(text: string, key: KeyObject): boolean {
  const end = text.lastIndexOf(':')
  if (end < 0) return false
  const publicKey = key.type === 'private' ? createPublicKey(key) : key
  return verify(null, Buffer.from(text.slice(0, end)), publicKey, Buffer.from(text.slice(end + 1), 'base64url'))
}
