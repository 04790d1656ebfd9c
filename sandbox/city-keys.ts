import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import type { Keys } from '../city/ports'
import { isSigned } from '../city/signature'
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
  }
}

/** What the counters of a city are given. */
export const publicKeyOf = (keys: Keys, cityId: string): string =>
  createPublicKey(keys.ofCity(cityId)).export({ format: 'pem', type: 'spki' }).toString()

/** What a counter's machine says of a scanned text. @public: the tests play the machine. */
export const isSignedByCity = (keys: Keys, cityId: string, text: string): boolean =>
  /^city-(visit|receipt):/.test(text) && text.split(':')[1] === cityId && isSigned(text, keys.ofCity(cityId))
