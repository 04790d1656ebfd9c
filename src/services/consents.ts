import type { ConsentKind, ConsentRecord, ConsentText } from '@/domain/consent'
import type { CityId } from '@/domain/ids'
import { vConsentList } from '../../contract/wire/validators/consents.gen'
import { branded } from './branded'
import type { Client } from './client'
import { consentCall } from './consent-call'

/** What a citizen agreed to (授权与同意). */
export interface Consents {
  list(city: CityId): Promise<readonly ConsentRecord[]>
  /** Agrees to a text. Refused with `consent-text-changed`, and that text, when it is no longer the current one. */
  give(city: CityId, text: Pick<ConsentText, 'consent' | 'version'>): Promise<void>
  /** Acts at once: the next call that needs the consent asks again. */
  withdraw(city: CityId, consent: ConsentKind): Promise<void>
}

/** Consents over a client. */
export const consentsOf = (client: Client): Consents => ({
  list: (city) =>
    client
      .request({ city, method: 'GET', path: '/citizen/consents', response: vConsentList })
      .then(({ items }) => branded<readonly ConsentRecord[]>(items)),
  give: (city, { consent, version }) => client.send(consentCall(city, consent, { given: true, version })),
  withdraw: (city, consent) => client.send(consentCall(city, consent, { given: false })),
})
