import { createHash, createPrivateKey, type KeyObject } from 'node:crypto'
import type { Keys } from '../city/ports'
import { isSigned } from '../city/signature'

/** RFC 8410: what precedes the 32 bytes of an Ed25519 private key in PKCS #8. */
const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex')
const keys = new Map<string, KeyObject>()

/** The same on every run, so that codes outlive a restart. They protect nothing real: a city brings its own. */
export const cityKeys: Keys = {
  ofCity(cityId) {
    const known = keys.get(cityId)
    if (known) return known
    const seed = createHash('sha256').update(`sandbox check-in codes of ${cityId}`).digest()
    const key = createPrivateKey({ key: Buffer.concat([pkcs8, seed]), format: 'der', type: 'pkcs8' })
    keys.set(cityId, key)
    return key
  },
}

/** What a counter's machine says of a scanned text. @public: the tests play the machine. */
export const isSignedByCity = (cityId: string, text: string): boolean =>
  /^city-(visit|receipt):/.test(text) && text.split(':')[1] === cityId && isSigned(text, cityKeys.ofCity(cityId))
