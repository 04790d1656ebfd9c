import { sql } from 'kysely'
import { asId, type HallId, type ItemId, type SlotId } from '@/domain/ids'
import { type Booking, createBooking } from '@/pages/booking/parts/create-booking'
import { sweepBooking } from '../../../city/booking'
import { type Sandbox, startSandbox } from '../../../sandbox/start'
import { hall, item, leave, slotsOf } from '../../support/booking'
import { hangzhou } from '../../support/city'
import { createPhone, memoryStorage, type Phone } from '../../support/phone'
import { testDatabase } from '../../support/sandbox'
import { asOf, broken, readView, type View } from './rows'

export const hallId = asId<HallId>(hall)
/** Two items of one counter. */
export const items = [item, 'newborn-registration'].map((id) => asId<ItemId>(id))
const morning = new Date('2026-11-24T08:10:00+08:00')

/** A city for one sequence after the other: few places, few citizens, so that they get in each other's way. */
export async function openCity() {
  const { databaseUrl, schema, release } = await testDatabase()
  const sandbox = await startSandbox({ port: 0, databaseUrl, schema, startAt: morning, quiet: true, sweepMs: null })
  const base = `${sandbox.address}/330100`
  const days = ['2026-11-24', '2026-11-26']
  const slots: { id: SlotId; day: string }[] = []
  for (const day of days) {
    const ofDay = await slotsOf(base, day)
    await leave(sandbox, ofDay, 0)
    slots.push(...ofDay.slice(2, 4).map(({ id }) => ({ id: asId<SlotId>(id), day })))
  }
  return {
    sandbox,
    base,
    slots,
    close: async () => {
      await sandbox.close()
      await release()
    },
  }
}
export type City = Awaited<ReturnType<typeof openCity>>

/** One citizen's phone with the app's own booking, which may be killed and started again on what it has stored. */
export class Booker {
  phone: Phone
  booking: Booking
  readonly storage = memoryStorage()
  citizenId = ''
  /** What the phone knows of: its last hold, and all of its appointments. */
  holdId: string | null = null
  readonly appointmentIds: string[] = []
  constructor(
    readonly who: string,
    private readonly base: string,
  ) {
    this.phone = this.start()
    this.booking = createBooking(this.phone.services)
  }
  private start(): Phone {
    const login = async () => ({ host: 'preview' as const, code: `preview-${this.who}` })
    return createPhone({ host: 'preview', addresses: { 330100: this.base }, storage: this.storage, login })
  }
  kill(): void {
    this.phone = this.start()
    this.booking = createBooking(this.phone.services)
  }
}

/** A sequence at work. Every command goes through `step`, which looks at the rows before and after. */
export class Real {
  readonly log: string[] = []
  before: View | null = null
  constructor(
    readonly city: City,
    readonly bookers: readonly Booker[],
    private readonly seen: Map<string, number>,
  ) {}
  private readonly noticeDays = new Map<string, string>()
  count(what: string): void {
    this.seen.set(what, (this.seen.get(what) ?? 0) + 1)
  }
  get sandbox(): Sandbox {
    return this.city.sandbox
  }
  view = (): Promise<View & { raw: View['slots'] }> =>
    readView(
      this.city.sandbox,
      this.city.slots.map(({ id }) => id),
    )
  sweep = (): Promise<void> => sweepBooking(this.city.sandbox.world)

  /** Looks at the rows and throws when anything that must always hold does not. */
  async look(): Promise<View> {
    const view = await this.view()
    const faults = [...broken(view, view.raw, this.before), ...this.rudeNotices(view)]
    this.before = view
    if (faults.length > 0) throw new Error(`${this.log.join('\n')}\n${faults.join('\n')}`)
    return view
  }
  /** One notice a day and entry at most, none in the last two hours before the time offered. */
  private rudeNotices(view: View): string[] {
    const today = new Date(view.now + 8 * 3600_000).toISOString().slice(0, 10)
    return view.entries.flatMap((entry) => {
      const before = this.before?.entries.find(({ id }) => id === entry.id)
      if (entry.notices <= (before?.notices ?? 0)) return []
      const isSecond = this.noticeDays.get(entry.id) === today || entry.notices > (before?.notices ?? 0) + 1
      this.noticeDays.set(entry.id, today)
      const slotId = view.holds.find(({ id }) => id === entry.hold)?.slot
      const startsAt = view.slots.find(({ id }) => id === slotId)?.startsAt ?? Number.POSITIVE_INFINITY
      return [
        ...(isSecond ? [`${entry.id} got a second notice on ${today}`] : []),
        ...(startsAt - view.now < 119 * 60_000 ? [`${entry.id} got a notice in the last hours`] : []),
      ]
    })
  }
  /** What the rows say now: since the last look only the clock has moved. */
  async current(): Promise<View> {
    return this.before ? asOf(this.before, this.sandbox.world.clock.now().getTime()) : this.look()
  }
  fail(why: string): never {
    throw new Error(`${this.log.join('\n')}\n${why}`)
  }
}

const places = 3

/** A new day: nothing is booked, the waitlist is empty, the clock stands at ten past eight. */
export async function begin(city: City, seen: Map<string, number>): Promise<Real> {
  const { world } = city.sandbox
  world.faults.clear()
  world.clock.set(morning)
  // In one statement, because holds and appointments point at each other.
  await sql`with waiting as (delete from waitlist), missed as (delete from no_shows), moved as (delete from late_moves), kept as (delete from appointments),
    keys as (delete from idempotency_keys), over as (delete from sessions) delete from holds`.execute(world.database.db)
  await world.database.db
    .updateTable('slots')
    .set({ capacity: places, elsewhere: 0, taken: 0 })
    .where(
      'id',
      'in',
      city.slots.map(({ id }) => id),
    )
    .execute()
  const bookers = ['one', 'two', 'three'].map((who) => new Booker(who, city.base))
  await Promise.all(
    bookers.map(async (booker) => {
      booker.citizenId = (await booker.phone.services.sessions.begin(hangzhou)).citizenId
    }),
  )
  return new Real(city, bookers, seen)
}
