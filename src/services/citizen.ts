import type { Citizen, ConsentKind } from '@/domain/citizen'
import type { CityId } from '@/domain/ids'
import { vCitizen } from '../../contract/wire/valibot.gen'
import { branded } from './branded'
import { pathOf } from './call'
import type { Client } from './client'

/** What a city knows about the citizen. Never cached. */
export interface CitizenService {
  get(city: CityId): Promise<Citizen>
  setConsent(city: CityId, consent: ConsentKind, given: boolean): Promise<void>
}

/** The citizen over a client. */
export const citizenOf = (client: Client): CitizenService => ({
  get: async (city) =>
    branded<Citizen>(await client.request({ city, method: 'GET', path: '/citizen', response: vCitizen })),
  setConsent: (city, consent, given) =>
    client.send({ city, method: 'PUT', path: pathOf('citizen', 'consents', consent), body: { given }, response: null }),
})
