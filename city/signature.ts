import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'

/** `text` and the city's Ed25519 signature of it, for a QR code that a counter verifies without a network. */
export const signed = (text: string, key: KeyObject): string =>
  `${text}:${sign(null, Buffer.from(text), key).toString('base64url')}`

const publicOf = (key: KeyObject): KeyObject => (key.type === 'private' ? createPublicKey(key) : key)

/** Whether `text` ends in a signature of all before it. `key`: the city's public or private key. */
export function isSigned(text: string, key: KeyObject): boolean {
  const end = text.lastIndexOf(':')
  if (end < 0) return false
  return verify(null, Buffer.from(text.slice(0, end)), publicOf(key), Buffer.from(text.slice(end + 1), 'base64url'))
}

/** A key as the manifest lists it: the 32 public bytes in base64url, and the id that signed texts name it by. */
export function signingKeyOf(key: KeyObject): { id: string; publicKey: string } {
  const publicKey = String(publicOf(key).export({ format: 'jwk' }).x)
  return { id: createHash('sha256').update(publicKey).digest('hex').slice(0, 8), publicKey }
}
