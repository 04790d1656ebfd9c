import { refreshOld } from '../billing/copy'
import { noteFailure, type Service } from '../service'
import { dayOf, secondsAfter } from '../words'
import { followAgreement, tellEnd } from './agreements'
import { bring } from './bring'
import { collectAll, followCollection } from './collect'
import { billsOf, contextOf, end, lockMandate, type MandateBillRow, type MandateKey, type MandateRow } from './rows'
import { tellOfEnd } from './texts'

const BATCH = 50
/** How many are looked at at the same time: a host or a biller that is slow holds up few others. */
const LANES = 4
const LEASE_SECONDS = 120
/** How often an account's biller is asked for new bills. */
const QUIET_SECONDS = 6 * 3600
/** After how long one is looked at again of which something is under way, or that failed. */
const BUSY_SECONDS = 60
const LONGEST_SECONDS = 3600
/** A copy so young is not asked for again. */
const COPY_SECONDS = 600

/** Looks at every permission whose time has come. Instances share them: each takes those that no other has. */
export async function lookAtMandates(service: Service, signal?: AbortSignal): Promise<void> {
  for (;;) {
    const now = service.clock.now()
    const taken = await take(service, now)
    const left = [...taken]
    const work = async () => {
      for (let mandate = left.shift(); mandate && !signal?.aborted; mandate = left.shift()) {
        const { id, looks } = mandate
        const next = await lookAt(service, mandate).catch((error: unknown) => {
          noteFailure(service, 'mandates', error, { mandate: id })
          return pauseAfter(looks)
        })
        await putOff(service, mandate, now, next)
      }
    }
    await Promise.all(Array.from({ length: LANES }, work))
    if (taken.length < BATCH || signal?.aborted) return
  }
}

const pauseAfter = (looks: number): number => Math.min(BUSY_SECONDS * 2 ** Math.min(looks, 10), LONGEST_SECONDS)

const take = ({ database }: Service, now: Date): Promise<MandateRow[]> =>
  database.db
    .updateTable('mandates')
    .set((eb) => ({ look_at: secondsAfter(now, LEASE_SECONDS), looks: eb('looks', '+', 1) }))
    .where((eb) =>
      eb(
        eb.refTuple('city_id', 'id'),
        'in',
        eb
          .selectFrom('mandates')
          .select(['city_id', 'id'])
          .where('look_at', '<=', now)
          .orderBy('look_at')
          .limit(BATCH)
          .forUpdate()
          .skipLocked()
          .$asTuple('city_id', 'id'),
      ),
    )
    .returningAll()
    .execute()

type Next = { at: Date | null; looks?: number }

/** Unless a change has said itself when the next look is due. */
async function putOff({ database }: Service, { city_id, id }: MandateKey, now: Date, next: Next | number) {
  const { at, looks } = typeof next === 'number' ? { at: secondsAfter(now, next), looks: undefined } : next
  await database.db
    .updateTable('mandates')
    .set({ look_at: at, ...(looks === undefined ? {} : { looks }) })
    .where((eb) => eb.and({ city_id, id }))
    .where('look_at', '=', secondsAfter(now, LEASE_SECONDS))
    .execute()
}

/** Does what is due of one; gives when to look again. */
async function lookAt(service: Service, taken: MandateRow): Promise<Next | number> {
  await follow(service, taken)
  const mandate = await followAgreement(service, await endOnItsDay(service, taken))
  if (mandate.state === 'signing') return pauseAfter(0)
  if (mandate.state === 'active') {
    const context = contextOf(service, mandate)
    const account = await service.database.db
      .selectFrom('accounts')
      .select(['biller_id', 'number'])
      .where('city_id', '=', mandate.city_id)
      .where('id', '=', mandate.account_id)
      .executeTakeFirst()
    if (account && context.city.mode !== 'read-only') {
      await refreshOld(context, [account], COPY_SECONDS)
      await bring(service, mandate)
      await collectAll(service, mandate, await dueBills(service, mandate))
    }
  } else if (!(await tellEnd(service, mandate))) return pauseAfter(taken.looks)
  return nextLook(service, mandate, await follow(service, mandate))
}

async function endOnItsDay(service: Service, mandate: MandateRow): Promise<MandateRow> {
  const today = dayOf(service.clock.now())
  if (mandate.state !== 'active' || mandate.ends_on === null || mandate.ends_on >= today) return mandate
  return service.database.transaction(async (trx) => {
    const now = service.clock.now()
    const ended = await end(trx, await lockMandate(trx, mandate), 'end-date', now)
    await tellOfEnd(trx, ended, now)
    return ended
  })
}

const dueBills = async ({ database, clock }: Service, mandate: MandateRow) =>
  (await billsOf(database.db, mandate)).filter(
    ({ state, collect_at: at }) => state === 'announced' && at !== null && at <= clock.now(),
  )

/** Takes in what became of collections that are under way; gives the bills as they are then. */
async function follow(service: Service, mandate: MandateRow): Promise<MandateBillRow[]> {
  const bills = await billsOf(service.database.db, mandate)
  const underWay = bills.filter(({ state }) => state === 'collecting')
  for (const bill of underWay) await followCollection(service, mandate, bill)
  return underWay.length === 0 ? bills : billsOf(service.database.db, mandate)
}

/**
 * Soon while something is under way, at the next collection, or when the biller is asked again; never for one that is over. One that ended
 * during this look has said itself when it is looked at.
 */
function nextLook(
  { clock }: Service,
  { state: standing }: MandateRow,
  bills: readonly MandateBillRow[],
): Next | number {
  const now = clock.now()
  if (bills.some(({ state }) => state === 'collecting')) return BUSY_SECONDS
  if (standing === 'ended') return { at: null }
  const ahead = bills.flatMap(({ state, collect_at: at }) => (state === 'announced' && at ? [at] : []))
  const usual = secondsAfter(now, QUIET_SECONDS)
  const next = ahead.reduce((first, at) => (at < first ? at : first), usual)
  // What was to be collected and could not be is tried again the same day.
  return { at: next <= now ? secondsAfter(now, 600) : next, looks: 0 }
}
