import type { CityId } from '@/domain/ids'
import type { Manifest } from '@/domain/manifest'
import { vManifest } from '../../contract/wire/validators/manifest.gen'
import { branded } from './branded'
import { call } from './call'
import { type Cached, type Client, mapCached } from './client'

/**
 * What a city offers. A cold start asks for the manifest first, without a session; with it the service grid stands and
 * works after one request, or after none when one is cached. What is to do (a session, bills due, the next visit)
 * comes after that, card by card, and only as far as the manifest has the features.
 */
export interface Manifests {
  get(city: CityId): Promise<Manifest>
  /** The last one: render it at once, then read. */
  cached(city: CityId): Cached<Manifest> | null
}

const read = (city: CityId) => call({ city, method: 'GET', path: '/manifest', response: vManifest, cache: 'city' })

/** The calls, made of a client's. */
export const manifestsOf = (client: Client): Manifests => ({
  get: async (city) => branded<Manifest>(await client.request(read(city))),
  cached: (city) => mapCached(client.cached(read(city)), (wire) => branded<Manifest>(wire)),
})
