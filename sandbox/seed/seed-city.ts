import type { City } from '../../city/catalogue'
import type { Words } from '../../city/words'

/** A sandbox city, with districts and streets for lifelike addresses. */
export type SeedCity = City & {
  places: Words[]
  /** Billers that send their papers by post. */
  noPapers?: string[]
}
