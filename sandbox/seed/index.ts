import { seedBooking } from '../booking'
import type { Db } from '../core'
import { sha256 } from '../ids'
import { accountSeeds, fullNumber } from './accounts'
import { billsOf } from './bills'
import { chengdu } from './chengdu'
import type { City } from './city'
import { hangzhou } from './hangzhou'
import { harbin } from './harbin'
import { sanya } from './sanya'

export const cities: City[] = [hangzhou, chengdu, harbin, sanya]

/** At once; PostgreSQL takes 65,535 values in a statement. */
const ROWS = 500

/** Fills the empty schema: what billers know, and the halls. The same on the same day of the city's clock. */
export async function seed(db: Db, now: Date): Promise<void> {
  for (const city of cities) {
    const accounts = accountSeeds[city.id] ?? []
    const bills = accounts.flatMap((account) => {
      const biller = city.billers.find(({ id }) => id === account.biller)
      if (biller === undefined) throw new Error(`${city.id} has no biller ${account.biller}`)
      const number = fullNumber(city, account)
      const { kind, partialMinFen } = biller
      const owner = { cityId: city.id, billerId: biller.id, kind, number, plan: account.plan }
      return billsOf(partialMinFen === undefined ? owner : { ...owner, partialMinFen }, now)
    })
    await db
      .insertInto('biller_accounts')
      .values(
        accounts.map((account) => ({
          city_id: city.id,
          biller_id: account.biller,
          number: fullNumber(city, account),
          holder: account.holder,
          address: JSON.stringify(addressOf(city, account.holder)),
          lookup: account.lookup ?? 'answers',
        })),
      )
      .execute()
    for (let at = 0; at < bills.length; at += ROWS) {
      await db
        .insertInto('bills')
        .values(bills.slice(at, at + ROWS))
        .execute()
    }
    await seedBooking(db, city)
  }
}

/** One home for each holder. */
function addressOf(city: City, holder: string): City['places'][number] {
  const at = Number.parseInt(sha256(holder).slice(0, 6), 16)
  const place = city.places[at % city.places.length] ?? { zh: city.name.zh, en: city.name.en }
  const fill = (text: string) => text.replace('{n}', String(20 + (at % 480))).replace('{m}', String(1 + (at % 19)))
  return { zh: fill(place.zh), en: fill(place.en) }
}
