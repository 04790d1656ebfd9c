import type { Selectable, Transaction } from 'kysely'
import { answerCheck } from '../../contract/check'
import type { Db } from '../database/database'
import type { Tables } from '../database/tables'
import { manifestOf } from '../manifest'
import type { BillerSeed, City, NoticeSeed } from '.'

/** All cities, as the tables have them. */
export async function readCities(db: Db): Promise<City[]> {
  const [cities, billers, notices] = await Promise.all([
    db.selectFrom('cities').selectAll().orderBy('position').orderBy('id').execute(),
    db.selectFrom('billers').selectAll().orderBy('position').orderBy('id').execute(),
    db.selectFrom('notices').selectAll().orderBy('position').orderBy('id').execute(),
  ])
  const isOf = (cityId: string) => (row: { city_id: string }) => row.city_id === cityId
  return cities.map((row) => ({
    id: row.id,
    letters: row.letters,
    name: row.name,
    mode: row.mode,
    ...(row.paused_at && { pausedAt: row.paused_at }),
    phone: row.phone,
    notices: notices.filter(isOf(row.id)).map(noticeOf),
    billers: billers.filter(isOf(row.id)).map(billerOf),
    ...(row.booking && { booking: row.booking }),
    features: row.features,
    promises: row.promises,
    ...(row.messages && { messages: row.messages }),
    ...(row.templates && { templates: row.templates }),
    ...(row.consents && { consents: row.consents }),
    ...(row.escalation && { escalation: row.escalation }),
    ...(row.paper_hosts && { paperHosts: row.paper_hosts }),
  }))
}

const billerOf = (row: Selectable<Tables['billers']>): BillerSeed => ({
  id: row.id,
  kind: row.kind,
  name: row.name,
  phone: row.phone,
  account: row.account,
  creditedWithinMinutes: row.credited_within_minutes,
  ...(row.asleep && { asleep: row.asleep }),
  ...(row.partial_min_fen !== null && { partialMinFen: row.partial_min_fen }),
  ...(row.paying && { paying: row.paying }),
  ...(row.level && { level: row.level }),
  ...(row.finding && { finding: row.finding }),
})

const noticeOf = (row: Selectable<Tables['notices']>): NoticeSeed => ({
  id: row.id,
  level: row.level,
  title: row.title,
  ...(row.text && { text: row.text }),
  ...(row.lasts_days !== null && { lastsDays: row.lasts_days }),
  ...(row.while_asleep !== null && { whileAsleep: row.while_asleep }),
})

/** What is wrong with a city, by the contract that its manifest has to keep; null when nothing is. */
export function problemWith(city: City): string | null {
  try {
    const manifests = (['zh-CN', 'en'] as const).map((language) => manifestOf(city, language, new Date()))
    return (
      manifests.map((manifest) => answerCheck()('getManifest', 200, manifest)).find((wrong) => wrong !== null) ?? null
    )
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/**
 * Writes a city with its billers and notices, in place of what was there; billers and notices that it no longer has are taken away.
 * `position` orders cities. Instances see it once they read the tables anew.
 * @throws Error that says what is wrong with it.
 */
export async function writeCity(trx: Transaction<Tables>, city: City, position: number): Promise<void> {
  const wrong = problemWith(city)
  if (wrong !== null) throw new Error(`${city.id}: ${wrong}`)
  const { id, letters, mode, phone, pausedAt: paused_at = null } = city
  const own = {
    ...{ letters, mode, phone, paused_at, position },
    name: JSON.stringify(city.name),
    booking: textOf(city.booking),
    features: JSON.stringify(city.features),
    promises: JSON.stringify(city.promises),
    messages: textOf(city.messages),
    templates: textOf(city.templates),
    consents: textOf(city.consents),
    escalation: textOf(city.escalation),
    paper_hosts: textOf(city.paperHosts),
  }
  await trx
    .insertInto('cities')
    .values({ id, ...own })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(own))
    .execute()
  await trx.deleteFrom('notices').where('city_id', '=', id).execute()
  await trx.deleteFrom('billers').where('city_id', '=', id).execute()
  const billers = city.billers.map((biller, at) => ({
    city_id: id,
    id: biller.id,
    position: at,
    kind: biller.kind,
    name: JSON.stringify(biller.name),
    phone: biller.phone,
    account: JSON.stringify(biller.account),
    credited_within_minutes: biller.creditedWithinMinutes,
    asleep: textOf(biller.asleep),
    partial_min_fen: biller.partialMinFen ?? null,
    paying: textOf(biller.paying),
    level: biller.level ?? null,
    finding: textOf(biller.finding),
  }))
  if (billers.length > 0) await trx.insertInto('billers').values(billers).execute()
  const notices = city.notices.map((notice, at) => ({
    city_id: id,
    id: notice.id,
    position: at,
    level: notice.level,
    title: JSON.stringify(notice.title),
    text: textOf(notice.text),
    lasts_days: notice.lastsDays ?? null,
    while_asleep: notice.whileAsleep ?? null,
  }))
  if (notices.length > 0) await trx.insertInto('notices').values(notices).execute()
}

const textOf = (value: object | undefined): string | null => (value === undefined ? null : JSON.stringify(value))
