import { createHmac, createPrivateKey, hkdfSync, type KeyObject } from 'node:crypto'
import type { Keys } from './ports'
import { StartError } from './start-error'

/**
 * A city's keys from the environment: `CITY_KEY_330100` is its Ed25519 private key, PKCS #8 in PEM or the Base64 of its DER
 * (`openssl genpkey -algorithm ed25519`). There is no default, and no two cities share one.
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

/** The same for the same text, and says nothing about it to who has not the city's key. */
export const blinded = (key: KeyObject, purpose: string, text: string): string =>
  createHmac('sha256', Buffer.from(hkdfSync('sha256', key.export({ format: 'der', type: 'pkcs8' }), '', purpose, 32)))
    .update(text)
    .digest('hex')
