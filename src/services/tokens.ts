import type { CityId } from '@/domain/ids'

/** The secret of a session, for the client only. */
export interface Tokens {
  /** The current token; signs in when there is none. */
  token(city: CityId): Promise<string>
  /** A token other than the one that the city just refused. */
  renew(city: CityId, refused: string): Promise<string>
}
