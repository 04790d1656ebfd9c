import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import type { Keys } from '../city/ports'
import { isSigned, signingKeyOf } from '../city/signature'
import type { Shared } from './shared'

/** A key as text for the sandbox's database, made at random: nothing that anybody could know signs anything. */
export const newCityKey = (): string =>
  generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64')

export const cityKeyName = (cityId: string): string => `city-key/${cityId}`

/** The cities' keys, which all instances have alike as long as the data is there. */
export function createCityKeys(shared: Pick<Shared, 'get'>): Keys {
  const keys = new Map<string, KeyObject>()
  return {
    ofCity(cityId) {
      const text = shared.get(cityKeyName(cityId)) ?? ''
      const key = keys.get(text) ?? createPrivateKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'pkcs8' })
      keys.set(text, key)
      return key
    },
    earlier: (cityId) =>
      (shared.get(earlierName(cityId)) ?? '')
        .split(',')
        .filter(Boolean)
        .map((x) => createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })),
  }
}

const earlierName = (cityId: string): string => `city-keys-before/${cityId}`

/** From now on the city signs with another key; the one of before is listed after it. */
export function changeCityKey(shared: Pick<Shared, 'get' | 'set'>, keys: Keys, cityId: string): void {
  const before = [keys.ofCity(cityId), ...(keys.earlier?.(cityId) ?? [])].map((key) => signingKeyOf(key).publicKey)
  shared.set(earlierName(cityId), before.join(','))
  shared.set(cityKeyName(cityId), newCityKey())
}

/** What the counters of a city are given. */
export const publicKeyOf = (keys: Keys, cityId: string): string =>
  createPublicKey(keys.ofCity(cityId)).export({ format: 'pem', type: 'spki' }).toString()

/** What a counter's machine says of a scanned text. @public: the tests play the machine. */
export const isSignedByCity = (keys: Keys, cityId: string, text: string): boolean =>
  /^city-(visit|receipt):/.test(text) &&
  text.split(':')[1] === cityId &&
  [keys.ofCity(cityId), ...(keys.earlier?.(cityId) ?? [])].some((key) => isSigned(text, key))
