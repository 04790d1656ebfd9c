import type { Appointment } from '@/domain/appointment'
import { type ConfirmationEvent, confirmationAfter } from '@/domain/confirmation'
import { type AppointmentId, asId, type HoldId } from '@/domain/ids'
import type { ConfirmRequest } from '@/pages/booking/parts/create-booking'
import type { ServiceError } from '@/services/errors'
import { holdsOf } from '@/services/holds'
import { changeVisitByHall, walkInAtHall } from '../../../city/booking'
import { isSignedByCity } from '../../../sandbox/city-keys'
import { hangzhou } from '../../support/city'
import { type Booker, hallId, type Real } from './city'
import { nothing, refusesCancel, refusesConfirm, refusesHold, refusesRelease, refusesSwap } from './expect'
import { countersOf, heldBy, openAppointmentsOf, placesLeft, rules } from './rows'
import { act, codeOf, itemAt, type Network, pick, step } from './step'

const visitor = { name: '李小明', phone: '13800000001' }
const set = (...names: (string | null | undefined)[]) => new Set(names.flatMap((name) => name ?? []))

/** The citizen named, or the next one who has what it takes: few sequences are spent on what can not work. */
const whoHas = (real: Real, who: number, has: (booker: Booker) => boolean): Booker => {
  const round = [0, 1, 2].map((more) => pick(real.bookers, who + more))
  return round.find(has) ?? pick(real.bookers, who)
}
const hasHold = (booker: Booker) => booker.holdId !== null
const hasAppointment = (booker: Booker) => booker.appointmentIds.length > 0

type Who = { who: number; network: Network }

type HoldArgs = { slot: number; item: number; persons: number; moves: boolean }

/** Keeps a place, for a new appointment or to move one. */
export async function hold(real: Real, { who, network, slot: at, item, persons: wanted, moves }: Who & HoldArgs) {
  const booker = moves ? whoHas(real, who, hasAppointment) : pick(real.bookers, who)
  const slot = pick(real.city.slots, at)
  const view = await real.current()
  const appointment = moves ? openAppointmentsOf(view, booker.citizenId)[0] : undefined
  const itemId = appointment ? asId<ReturnType<typeof itemAt>>(appointment.item) : itemAt(item)
  // Who moves names no number, or that of the visit.
  const persons = appointment?.persons ?? wanted
  const request = { citizen: booker.citizenId, slot: slot.id, item: itemId, persons, moves: appointment?.id ?? null }
  const holdRequest = {
    slotId: slot.id,
    itemId,
    ...((appointment ? wanted > 1 : persons > 1) && { persons }),
    ...(appointment && { appointmentId: asId<AppointmentId>(appointment.id) }),
  }
  const created = await step(real, `hold ${who} ${at} for ${persons} ${network}${appointment ? ' to move' : ''}`, {
    refuses: (before) => refusesHold(before, request),
    act: async () => {
      const send = (booking: Booker['booking']) => booking.hold(hangzhou, holdRequest)
      const result = await act(real, booker, 'createHold', network, send, ({ kind }) => kind !== 'unsure')
      if (result.kind === 'held') return result.hold
      throw result.kind === 'taken' ? new Refused('slot-taken') : result.error
    },
    // With a new key it is another hold in place of the lost one.
    touches: (answer, before) => {
      const own = real.before?.holds.filter((each) => each.citizen === booker.citizenId && !each.offered) ?? []
      const isNew = (id: string) => !before.holds.some((each) => each.id === id)
      return {
        ...nothing,
        holds: set(answer.id, heldBy(before, booker.citizenId)?.id, ...own.map(({ id }) => id).filter(isNew)),
      }
    },
    done: (answer, _, after) => {
      const held = heldBy(after, booker.citizenId)
      if (held?.id !== answer.id || held.slot !== slot.id || held.persons !== persons)
        real.fail(`holds ${held?.id}, the app got ${answer.id}`)
      const start = after.slots.find(({ id }) => id === slot.id)?.startsAt ?? 0
      const until = Math.min(after.now + rules.holdSeconds * 1000, start)
      if (Math.abs(held.until - until) > 10_000) real.fail(`held until ${held.until}, not about ${until}`)
    },
  })
  if (created) booker.holdId = created.id
}

/** What a refusal of another kind than an error is known by. */
class Refused extends Error {
  override readonly name = 'ProblemError'
}

/**
 * Confirms or moves as the page does: events go through the app's own reducer, and what it concludes is held against the rows:
 * nothing is called booked that is not, nor undone that is done.
 */
async function confirmed(
  real: Real,
  booker: Booker,
  operationId: string,
  network: Network,
  holdId: HoldId,
  request: ConfirmRequest,
): Promise<Appointment> {
  const after = (event: ConfirmationEvent<ServiceError>) => confirmationAfter({ status: 'sending' }, event)
  const isKnown = async (event: ConfirmationEvent<ServiceError>): Promise<boolean> => {
    const state = after(event)
    if (state.status === 'unsure') return false
    const { holds } = await real.view()
    const appointment = holds.find(({ id }) => id === holdId)?.appointment ?? null
    if (
      state.status === 'booked'
        ? state.appointment !== appointment
        : state.status === 'not-done' && appointment !== null
    )
      real.fail(`the app says ${state.status}, the city has ${appointment ?? 'no appointment'}`)
    return state.status !== 'not-done'
  }
  const send = (booking: Booker['booking']) => booking.confirm(hangzhou, holdId, request)
  const event = await act(real, booker, operationId, network, send, isKnown)
  const state = after(event)
  if (event.kind === 'failed' && event.error.kind === 'refused') throw event.error
  if (state.status !== 'booked') return real.fail(`the app says ${state.status}`)
  return booker.phone.services.appointments.get(hangzhou, state.appointment)
}

export async function confirm(real: Real, { who, network }: Who) {
  const booker = whoHas(real, who, hasHold)
  const holdId = asId<HoldId>(booker.holdId ?? 'h-none')
  const appointment = await step(real, `confirm ${who} ${network}`, {
    refuses: (before) => refusesConfirm(before, booker.citizenId, holdId),
    act: () => confirmed(real, booker, 'confirmHold', network, holdId, { visitor }),
    touches: (answer, before) => {
      const again = before.appointments.some(({ id }) => id === answer.id)
      return again ? nothing : { ...nothing, holds: set(holdId), appointments: set(answer.id) }
    },
    done: (answer, before, after) => {
      const row = after.appointments.find(({ id }) => id === answer.id)
      const kept = before.holds.find(({ id }) => id === holdId)
      if (row?.hold !== holdId && !before.appointments.some(({ id }) => id === answer.id))
        real.fail('another hold became it')
      if (row?.citizen !== booker.citizenId || kept === undefined) real.fail('somebody else’s appointment')
      const { checkIn } = answer
      if (
        row.state === 'confirmed' &&
        (checkIn?.code !== row.code || !isSignedByCity(real.sandbox.world.keys, hangzhou, checkIn.qrText))
      )
        real.fail(`the code ${checkIn?.code} is not ${row.code}, or not signed`)
    },
  })
  if (appointment && !booker.appointmentIds.includes(appointment.id)) booker.appointmentIds.push(appointment.id)
}

export async function swap(real: Real, { who, network }: Who) {
  const booker = whoHas(real, who, (each) => hasHold(each) && hasAppointment(each))
  const view = await real.current()
  const held = view.holds.find(({ id }) => id === booker.holdId)
  const appointmentId = asId<AppointmentId>(held?.moves ?? booker.appointmentIds.at(-1) ?? 'ap-none')
  const holdId = asId<HoldId>(booker.holdId ?? 'h-none')
  const wasOpen = view.appointments.some(({ id, state }) => id === appointmentId && state === 'confirmed')
  const watching = { over: false }
  await step(real, `swap ${who} ${network}`, {
    refuses: (before) => refusesSwap(before, booker.citizenId, appointmentId, holdId),
    act: async () => {
      const watch = wasOpen ? watchAppointment(real, appointmentId, watching) : Promise.resolve()
      try {
        return await confirmed(real, booker, 'swapAppointment', network, holdId, { moves: appointmentId })
      } finally {
        watching.over = true
        await watch
      }
    },
    touches: () => ({ ...nothing, holds: set(holdId), appointments: set(appointmentId), missed: set(holdId) }),
    done: (answer, before, after) => {
      const was = before.appointments.find(({ id }) => id === appointmentId)
      const isLate = was?.hold !== holdId && before.now > (was?.startsAt ?? 0) - rules.cancelMinutes * 60_000
      const isNew = ({ appointment }: { appointment: string }) => appointment === holdId
      if (!before.missed.some(isNew) && after.missed.some(isNew) !== isLate)
        real.fail(`moved ${isLate ? 'late' : 'in time'}`)
      const row = after.appointments.find(({ id }) => id === appointmentId)
      const to = after.holds.find(({ id }) => id === holdId)
      if (row?.persons !== was?.persons) real.fail('another number of people')
      if (row?.slot !== to?.slot || row?.hold !== holdId || answer.slot.id !== row?.slot) real.fail('it did not move')
      if (row.state === 'confirmed' && answer.checkIn?.code !== row.code) real.fail('another code')
    },
  })
}

/** While it moves, the appointment is somewhere at every moment. */
async function watchAppointment(real: Real, appointmentId: string, watching: { over: boolean }): Promise<void> {
  const { db } = real.sandbox.world.database
  while (!watching.over) {
    const row = await db.selectFrom('appointments').select('state').where('id', '=', appointmentId).executeTakeFirst()
    if (row?.state !== 'confirmed') real.fail(`${appointmentId} was ${row?.state} in the middle of its swap`)
  }
}

export async function cancel(real: Real, { who, network }: Who) {
  const booker = whoHas(real, who, hasAppointment)
  const appointmentId = asId<AppointmentId>(booker.appointmentIds.at(-1) ?? 'ap-none')
  await step(real, `cancel ${who} ${network}`, {
    refuses: (before) => refusesCancel(before, appointmentId),
    act: async () => {
      const send = (booking: Booker['booking']) => booking.cancel(hangzhou, appointmentId)
      const result = await act(real, booker, 'cancelAppointment', network, send, ({ kind }) => kind !== 'unsure')
      if (result.kind === 'cancelled') return result.appointment
      throw result.error
    },
    touches: () => ({ ...nothing, appointments: set(appointmentId), missed: set(appointmentId) }),
    done: (_, before, after) => {
      const was = before.appointments.find(({ id }) => id === appointmentId)
      if (was?.state !== 'confirmed') return
      const counted = after.missed.some(({ appointment }) => appointment === appointmentId)
      const isLate = before.now > was.startsAt - rules.cancelMinutes * 60_000
      if (counted !== isLate) real.fail(`cancelled ${isLate ? 'late' : 'in time'}, counted: ${counted}`)
    },
  })
}

export async function release(real: Real, { who }: Who) {
  const booker = whoHas(real, who, hasHold)
  const holdId = asId<HoldId>(booker.holdId ?? 'h-none')
  await step(real, `release ${who}`, {
    refuses: (before) => refusesRelease(before, booker.citizenId, holdId),
    act: async () => {
      await booker.phone.services.of(holdsOf).release(hangzhou, holdId)
      return true
    },
    touches: () => ({ ...nothing, holds: set(holdId) }),
    done: (_, __, after) => {
      if (after.holds.some(({ id, state }) => id === holdId && state === 'held')) real.fail('still held')
    },
  })
}

/** Everybody wants the same slot at the same moment. */
export async function rush(real: Real, { slot: at, item, persons }: { slot: number; item: number; persons: number }) {
  const slot = pick(real.city.slots, at)
  const before = await real.current()
  const requests = real.bookers.map((booker) => {
    const request = { citizen: booker.citizenId, slot: slot.id, item: itemAt(item), persons, moves: null }
    const reasons = refusesHold(before, request)
    reasons.delete('slot-taken')
    return {
      booker,
      may: reasons.size === 0,
      owned: heldBy(before, booker.citizenId)?.slot === slot.id ? (heldBy(before, booker.citizenId)?.persons ?? 0) : 0,
    }
  })
  const codes = await Promise.all(
    requests.map(async ({ booker }) => {
      const result = await booker.booking.hold(hangzhou, {
        slotId: slot.id,
        itemId: itemAt(item),
        ...(persons > 1 && { persons }),
      })
      if (result.kind === 'held') booker.holdId = result.hold.id
      return result.kind === 'held' ? 'ok' : result.kind === 'taken' ? 'slot-taken' : codeOf(result.error)
    }),
  )
  real.log.push(`rush ${at}: ${codes.join()}`)
  real.count(`rush ${codes.filter((code) => code === 'ok').length}`)
  const after = await real.look()
  const got = codes.filter((code) => code === 'ok').length
  const { least, most } = winners(requests, Math.max(0, placesLeft(before, slot.id)), persons)
  const isOffered = after.entries.some(({ state }) => state === 'waiting' || state === 'offered')
  if (got > most || (got < least && !isOffered)) real.fail(`${got} hold a place, not ${least} to ${most}`)
}

/**
 * How many of those who come at once can hold places: at most as the best order has it, at least as the worst. Who holds fewer places there
 * gives them back in the same step, so that others may come in between.
 */
function winners(
  requests: readonly { may: boolean; owned: number }[],
  free: number,
  persons: number,
): { least: number; most: number } {
  const counts = ordersOf(requests.filter(({ may }) => may)).map((order) => {
    let left = free
    return order.filter(({ owned }) => {
      if (left + owned < persons) return false
      left += owned - persons
      return true
    }).length
  })
  return { least: Math.min(...counts), most: Math.max(...counts) }
}

const ordersOf = <T>(all: readonly T[]): T[][] =>
  all.length === 0
    ? [[]]
    : all.flatMap((first, at) => ordersOf(all.filter((_, other) => other !== at)).map((rest) => [first, ...rest]))

export async function look(real: Real, { who }: Who) {
  const booker = pick(real.bookers, who)
  const view = await real.current()
  const { services } = booker.phone
  const { counters } = await services.citizen.get(hangzhou)
  const { blocked, ...counted } = countersOf(view, booker.citizenId)
  const shown = [counters.noShowsThisMonth, counters.activeAppointments, counters.blockedUntil !== undefined]
  const own = [counted.noShowsThisMonth, counted.activeAppointments, blocked !== null]
  if (shown.join() !== own.join()) real.fail(`counters of ${who} say ${shown}, history ${own}`)
  for (const appointment of openAppointmentsOf(view, booker.citizenId)) {
    const { checkIn, slot, version } = await services.appointments.get(hangzhou, asId<AppointmentId>(appointment.id))
    if (checkIn?.code !== appointment.code || !isSignedByCity(real.sandbox.world.keys, hangzhou, checkIn.qrText))
      real.fail('another code')
    if (slot.id !== appointment.slot || version !== appointment.version) real.fail('another appointment')
  }
}

export async function wait(
  real: Real,
  { who, day, item, persons }: { who: number; day: number; item: number; persons: number },
) {
  const { services } = pick(real.bookers, who).phone
  const request = { hallId, itemId: itemAt(item), day: pick(real.city.slots, day).day, part: 'any' as const, persons }
  const code = await services.waitlist.join(hangzhou, request, services.newIdempotencyKey()).then(() => 'ok', codeOf)
  real.log.push(`wait ${who}: ${code}`)
  real.count(`wait ${code}`)
  await real.look()
}

/** Looks whether a place was found, and takes the offer in hand. */
export async function seeOffer(real: Real, { who }: { who: number }) {
  const booker = pick(real.bookers, who)
  const entries = await booker.phone.services.waitlist.list(hangzhou)
  const offered = entries.find(({ state }) => state === 'offered')
  if (offered?.holdId) booker.holdId = offered.holdId
  real.log.push(`offer ${who}: ${offered?.holdId ?? 'none'}`)
  real.count(`offer ${offered ? 'found' : 'none'}`)
  await real.look()
}

export async function walkIn(real: Real, { slot: at, persons }: { slot: number; persons: number }) {
  const slot = pick(real.city.slots, at)
  await step(real, `walk-in ${at} of ${persons}`, {
    refuses: (before) => (placesLeft(before, slot.id) >= persons ? new Set<string>() : new Set(['slot-taken'])),
    act: () => walkInAtHall(real.sandbox.world, slot.id, persons),
    touches: () => nothing,
  })
}

export async function staff(
  real: Real,
  { who, state }: { who: number; state: 'checked-in' | 'served' | 'no-show' | 'excused' | 'cancelled-by-hall' },
) {
  const appointmentId = whoHas(real, who, hasAppointment).appointmentIds.at(-1)
  if (appointmentId === undefined) return
  const before = await real.current()
  const code = await changeVisitByHall(real.sandbox.world, appointmentId, state).then(() => 'ok', codeOf)
  real.log.push(`staff ${state} ${appointmentId}: ${code}`)
  real.count(`staff ${state} ${code}`)
  if (code !== 'ok' && code !== 'appointment-not-open') real.fail(`the staff got ${code}`)
  const after = await real.look()
  if (after.appointments.length !== before.appointments.length) real.fail('the staff created an appointment')
}

export async function clock(real: Real, { minutes, swept }: { minutes: number; swept: boolean }) {
  real.sandbox.world.clock.advance(minutes * 60 + 7)
  real.log.push(`${minutes} minutes later${swept ? ', swept' : ''}`)
  real.count(`clock ${minutes}`)
  if (swept) await real.sweep()
  await step(real, 'clock', { refuses: () => new Set<string>(), act: async () => true, touches: () => nothing })
}

export async function kill(real: Real, { who }: { who: number }) {
  pick(real.bookers, who).kill()
  real.log.push(`kill ${who}`)
}

/** Somebody sets the phone's clock: deadlines must not care. */
export async function wrongClock(real: Real, { who, minutes }: { who: number; minutes: number }) {
  pick(real.bookers, who).phone.setForward(minutes * 60_000)
  real.log.push(`phone ${who} is ${minutes} minutes off`)
}
