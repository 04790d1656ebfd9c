import type { ConsentKind, ConsentReason, ConsentText } from '@/domain/consent'
import type { CityId } from '@/domain/ids'
import { pathOf } from './call'

/** What a call needs the citizen's agreement to. */
export interface ConsentNeed {
  readonly text: ConsentText
  readonly reason: ConsentReason
}

/** Asks the citizen there and then; false when they do not agree. */
export type AskConsent = (city: CityId, need: ConsentNeed) => Promise<boolean>

/** Giving or withdrawing; twice is as once. */
export const consentCall = (city: CityId, consent: ConsentKind, body: { given: boolean; version?: number }) =>
  ({ city, method: 'PUT', path: pathOf('citizen', 'consents', consent), body, response: null }) as const
