import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createPrivateKey,
  createPublicKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto'
import type { Keys } from './ports'
import { StartError } from './start-error'

/**
 * A city's keys from the environment: `CITY_KEY_330100` is its Ed25519 private key, PKCS #8 in PEM or the Base64 of its DER
 * (`openssl genpkey -algorithm ed25519`). There is no default, and no two cities share one. `EARLIER_KEYS_330100` lists the public keys of
 * before, each as the manifest had it (32 bytes in base64url), with commas between them.
 */
export function keysFrom(environment: Readonly<Record<string, string | undefined>>): Keys {
  const keys = new Map<string, KeyObject>()
  return {
    ofCity(cityId) {
      const known = keys.get(cityId)
      if (known) return known
      const name = `CITY_KEY_${cityId}`
      const key = readKey(name, environment[name])
      for (const [other, taken] of keys)
        if (taken.equals(key)) throw new StartError(`${name} is the key of ${other} already: each city has its own`)
      keys.set(cityId, key)
      return key
    },
    earlier(cityId) {
      const name = `EARLIER_KEYS_${cityId}`
      return (environment[name] ?? '')
        .split(',')
        .flatMap((text) => text.trim() || [])
        .map((x) => readPublicKey(name, x))
    },
  }
}

function readPublicKey(name: string, x: string): KeyObject {
  try {
    return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
  } catch {
    throw new StartError(`${name} is no list of Ed25519 public keys in base64url`)
  }
}

function readKey(name: string, text: string | undefined): KeyObject {
  if (!text) throw new StartError(`${name} is not set: a city does not start without its key`)
  try {
    const key = text.includes('-----BEGIN')
      ? createPrivateKey(text.replaceAll('\\n', '\n'))
      : createPrivateKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'pkcs8' })
    if (key.asymmetricKeyType === 'ed25519') return key
  } catch {}
  throw new StartError(`${name} is no Ed25519 private key (PKCS #8)`)
}

const secretFor = (key: KeyObject, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', key.export({ format: 'der', type: 'pkcs8' }), '', purpose, 32))

/** The same for the same text, and says nothing about it to who has not the city's key. */
export const blinded = (key: KeyObject, purpose: string, text: string): string =>
  createHmac('sha256', secretFor(key, purpose)).update(text).digest('hex')

/** A text that only who has the city's key can read (AES-256-GCM); another one each time. */
export function sealed(key: KeyObject, purpose: string, text: string): string {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', secretFor(key, purpose), nonce)
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64')
}

/** What was sealed. @throws when it was sealed with another key or for another purpose, or changed since. */
export function unsealed(key: KeyObject, purpose: string, text: string): string {
  const all = Buffer.from(text, 'base64')
  const cipher = createDecipheriv('aes-256-gcm', secretFor(key, purpose), all.subarray(0, 12))
  cipher.setAuthTag(all.subarray(12, 28))
  return Buffer.concat([cipher.update(all.subarray(28)), cipher.final()]).toString('utf8')
}
