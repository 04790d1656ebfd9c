import { type Selectable, sql, type Transaction } from 'kysely'
import type { City } from '../../city/catalogue'
import { writeCity } from '../../city/catalogue/rows'
import type { Tables } from '../../city/database/tables'
import { sha256 } from '../../city/ids'
import { dayOf, secondsAfter, type Words } from '../../city/words'
import { own, type SandboxTables } from '../tables'
import { accountSeeds, fullNumber, proofOf } from './accounts'
import { billsOf } from './bills'
import { seedBooking } from './booking'
import { cities } from './cities'
import type { SeedCity } from './seed-city'

/** Fills the empty schema: the billers' books, and the halls. The same on the same day of the city's clock. */
export async function seed(db: Transaction<Tables>, now: Date): Promise<void> {
  await seedCatalogue(db)
  for (const city of cities) {
    const accounts = accountSeeds[city.id] ?? []
    await own(db)
      .insertInto('book_accounts')
      .values(
        accounts.map((account) => ({
          city_id: city.id,
          biller_id: account.biller,
          number: fullNumber(city, account),
          holder: account.holder,
          address: JSON.stringify(addressOf(city, account.holder)),
        })),
      )
      .execute()
    const proofs = accounts.flatMap((account) => {
      const proof = proofOf(city, account)
      const key = { city_id: city.id, biller_id: account.biller, number: fullNumber(city, account) }
      return proof === null ? [] : [{ ...key, proof }]
    })
    if (proofs.length > 0) await own(db).insertInto('book_proofs').values(proofs).execute()
    // One value instead of fifty thousand.
    await own(db)
      .insertInto('book_bills')
      .expression((eb) => {
        const ofTable = eb.selectFrom('book_bills').select(sql`book_bills`.as('row')).limit(0)
        return eb
          .selectFrom(
            sql<
              Selectable<SandboxTables['book_bills']>
            >`json_populate_recordset(${ofTable}, ${billsText(city, now)}::json)`.as('bill'),
          )
          .selectAll()
      })
      .execute()
    const elsewhere = accounts.flatMap((account) =>
      account.plan === 'paid-elsewhere' ? fullNumber(city, account) : [],
    )
    if (elsewhere.length > 0) {
      await own(db)
        .updateTable('book_bills')
        .set({ paid_elsewhere_at: secondsAfter(now, -7200) })
        .where('city_id', '=', city.id)
        .where('number', 'in', elsewhere)
        .where('settled_at', 'is', null)
        .execute()
    }
    await seedBooking(db, city)
  }
}

/** Cities, billers and notices, unless there are some. */
export async function seedCatalogue(trx: Transaction<Tables>): Promise<void> {
  const any = await trx.selectFrom('cities').select('id').limit(1).executeTakeFirst()
  if (any) return
  for (const [position, city] of cities.entries()) await writeCity(trx, city, position)
}

/** What the table would fill in by itself if the rows were written one by one. */
const unset = { late_fee_fen: 0, arrears_fen: 0, paid_fen: 0, balance_fen: 0, version: 1, changes: [] }
const jsonColumns = [
  'title',
  'lines',
  'usage_unit',
  'top_up',
  'settlement',
  'decision',
  'changes',
  'not_payable',
  'fine',
]

const texts = new Map<string, string>()

/** All bills of a city as JSON; the same all day, so they are made once. */
function billsText(city: City, now: Date): string {
  const key = `${city.id}/${dayOf(now)}`
  const made = texts.get(key)
  if (made !== undefined) return made
  const rows = (accountSeeds[city.id] ?? []).flatMap((account) => {
    const biller = city.billers.find(({ id }) => id === account.biller)
    if (biller === undefined) throw new Error(`${city.id} has no biller ${account.biller}`)
    const { kind, partialMinFen } = biller
    const owner = { cityId: city.id, billerId: biller.id, kind, number: fullNumber(city, account), plan: account.plan }
    return billsOf(partialMinFen === undefined ? owner : { ...owner, partialMinFen }, now)
  })
  const text = JSON.stringify(
    rows.map((row) => ({
      ...unset,
      ...Object.fromEntries(
        Object.entries(row).map(([column, value]) => [
          column,
          jsonColumns.includes(column) && typeof value === 'string' ? JSON.parse(value) : value,
        ]),
      ),
    })),
  )
  if (texts.size > 20) texts.clear()
  texts.set(key, text)
  return text
}

/** Every home of the seeds. @public: the mask is tried on all of them. */
export const seedAddresses = (): Words[] =>
  cities.flatMap((city) => (accountSeeds[city.id] ?? []).map(({ holder }) => addressOf(city, holder)))

/** One home for each holder. */
function addressOf(city: SeedCity, holder: string): Words {
  const at = Number.parseInt(sha256(holder).slice(0, 6), 16)
  const place = city.places[at % city.places.length] ?? { zh: city.name.zh, en: city.name.en }
  const fill = (text: string) => text.replace('{n}', String(20 + (at % 480))).replace('{m}', String(1 + (at % 19)))
  return { zh: fill(place.zh), en: fill(place.en) }
}
