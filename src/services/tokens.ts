import type { CityId } from '@/domain/ids'

/** What the client needs beside: the secret itself. */
export interface Tokens {
  /** A token that is thought to be good; signs in when there is none. */
  token(city: CityId): Promise<string>
  /** A token other than the one that the city has just refused. */
  renew(city: CityId, refused: string): Promise<string>
}
