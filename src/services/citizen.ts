import type { Citizen, CitizenCopy } from '@/domain/citizen'
import type { CityId } from '@/domain/ids'
import { vCitizen, vCitizenCopy } from '../../contract/wire/validators/citizen.gen'
import { branded } from './branded'
import type { Client } from './client'

/** What a city knows about the citizen. Never cached. */
export interface CitizenService {
  get(city: CityId): Promise<Citizen>
  /** A copy of all that the city keeps. The city notes that it was taken. */
  copy(city: CityId): Promise<CitizenCopy>
  /**
   * Erases what the city keeps, and ends all sessions. Refused with `erasure-refused` and what has to end first.
   * Sent again after a lost response it erases nothing more.
   */
  erase(city: CityId): Promise<void>
}

/** The citizen over a client. */
export const citizenOf = (client: Client): CitizenService => ({
  get: async (city) =>
    branded<Citizen>(await client.request({ city, method: 'GET', path: '/citizen', response: vCitizen })),
  copy: (city) => client.request({ city, method: 'GET', path: '/citizen/data', response: vCitizenCopy }),
  erase: (city) =>
    client.send({ city, method: 'POST', path: '/citizen/erasure', body: { confirmed: true }, response: null }),
})
