import type { Appointment, HallPage, Hold, ItemPage, Slot, SlotDays, SlotList } from '../../contract/wire/types.gen'
import type { Exchange } from '../call'
import type { Check, Look } from '../check'
import { Skipped } from '../skipped'
import { type Citizen, newKey } from '../target'

interface Place {
  readonly hallId: string
  readonly itemId: string
  readonly slots: readonly Slot[]
}

/** So many contend at most for the places of one time. */
const MOST_CONTENDERS = 60

/** Days with free places, and their times, of the first hall and item that have some. */
async function places({ ask }: Look, enough: (slots: readonly Slot[]) => boolean): Promise<Place> {
  const halls = await ask<HallPage>({ path: '/halls' })
  for (const hall of halls.body.items ?? []) {
    const items = await ask<ItemPage>({ path: `/items?hallId=${encodeURIComponent(hall.id)}` })
    for (const item of (items.body.items ?? []).slice(0, 3)) {
      const of = `hallId=${encodeURIComponent(hall.id)}&itemId=${encodeURIComponent(item.id)}`
      const days = await ask<SlotDays>({ path: `/slot-days?${of}` })
      for (const { day } of (days.body.days ?? []).filter(({ status }) => status === 'free').slice(0, 4)) {
        const list = await ask<SlotList>({ path: `/slots?${of}&day=${day}` })
        const slots = (list.body.slots ?? []).filter(({ free }) => free > 0)
        if (enough(slots)) return { hallId: hall.id, itemId: item.id, slots }
      }
    }
  }
  throw new Skipped('no hall of the test stage has enough free places')
}

const holdOf = (citizen: Citizen, slot: Slot, itemId: string, more: object = {}, key = newKey()) =>
  citizen.send<Hold>('/holds', { slotId: slot.id, itemId, ...more }, key)

const freeIn = async (
  { ask }: Look,
  { hallId, itemId }: Place,
  slot: Slot,
): Promise<{ free: number; list: Exchange }> => {
  const list = await ask<SlotList>({
    path: `/slots?hallId=${encodeURIComponent(hallId)}&itemId=${encodeURIComponent(itemId)}&day=${slot.day}`,
  })
  return { free: list.body.slots.find(({ id }) => id === slot.id)?.free ?? 0, list }
}

/** A visitor with what the city asks for. Numbers of nobody. */
const visitorOf = ({ target }: Look) => ({
  name: '测试员',
  phone: '13800000001',
  ...(target.manifest.booking?.visitor.includes('id-number') && { idNumber: '11010119900307889X' }),
})
const confirm = (look: Look, citizen: Citizen, hold: Hold, key = newKey()) =>
  citizen.send<Appointment>('/appointments', { holdId: hold.id, visitor: visitorOf(look) }, key)

export const bookingChecks: readonly Check[] = [
  {
    title: 'Of many who want the last places exactly as many get one',
    profile: 'booking',
    musts: ['places', 'released-places'],
    async run(look) {
      const { see } = look
      const place = await places(look, (slots) => slots.some(({ free }) => free <= MOST_CONTENDERS - 10))
      const slot = [...place.slots].sort((a, b) => a.free - b.free)[0]
      if (!slot) throw new Skipped('no time with few places')
      const contenders = await Promise.all(Array.from({ length: slot.free + 8 }, () => look.stranger()))
      const holds = await Promise.all(contenders.map((citizen) => holdOf(citizen, slot, place.itemId)))
      const kept = holds.filter(({ status }) => status === 201)
      see(
        'places',
        kept.length === slot.free,
        `${slot.free} holds of ${contenders.length} calls at once`,
        holds.find(({ status }) => status !== 201) ?? null,
        `${kept.length} holds`,
      )
      const refused = holds.filter(({ status }) => status !== 201)
      for (const answer of refused.slice(0, 3)) {
        const { code, alternatives = [] } = answer.problem ?? {}
        const isRight =
          answer.status === 409 &&
          code === 'slot-taken' &&
          alternatives.length <= 3 &&
          alternatives.every(({ free, id }) => free > 0 && id !== slot.id)
        see('places', isRight, '409 slot-taken, with other times that are free', answer)
      }
      await Promise.all(
        holds.map(({ status, body }, at) =>
          status === 201 ? contenders[at]?.send(`/holds/${body.id}`, undefined, newKey(), 'DELETE') : null,
        ),
      )
      const after = await freeIn(look, place, slot)
      see('released-places', after.free === slot.free, `${slot.free} places free again`, after.list, `${after.free}`)
    },
  },
  {
    title: 'A citizen keeps one place; it is given back once, and ends by the city’s clock',
    profile: 'booking',
    musts: ['one-hold', 'release-twice', 'expired-holds'],
    async run(look) {
      const { see, target } = look
      const place = await places(look, (slots) => slots.length >= 2)
      const [first, second] = place.slots
      if (!first || !second) throw new Skipped('no two times')
      const citizen = await look.stranger()
      const before = await freeIn(look, place, first)
      const one = await holdOf(citizen, first, place.itemId)
      see('one-hold', one.status === 201, '201', one)
      const two = await holdOf(citizen, second, place.itemId)
      const after = await freeIn(look, place, first)
      see(
        'one-hold',
        two.status === 201 && after.free === before.free,
        'the first place is free again with the second hold',
        after.list,
      )
      const gone = await citizen.send(`/holds/${two.body.id}`, undefined, newKey(), 'DELETE')
      const twice = await citizen.send(`/holds/${two.body.id}`, undefined, newKey(), 'DELETE')
      see('release-twice', gone.status === 204 && twice.status === 204, '204, and 204 again', twice)
      const late = await holdOf(citizen, first, place.itemId)
      await target.stage('clock', { advanceSeconds: (target.manifest.booking?.holdSeconds ?? 300) + 5 })
      const expired = await confirm(look, citizen, late.body)
      see(
        'expired-holds',
        expired.status === 409 && expired.problem?.code === 'hold-expired',
        '409 hold-expired',
        expired,
      )
    },
  },
  {
    title: 'A visit is booked once, moved in one step, and never at the same time as another',
    profile: 'booking',
    musts: ['confirm-twice', 'overlaps', 'swaps', 'cancel-twice', 'own-visits'],
    async run(look) {
      const { see } = look
      // With places to spare, so that no answer is about those.
      const spare = (slots: readonly Slot[]) => slots.filter(({ free }) => free >= 3)
      const place = await places(look, (slots) => spare(slots).length >= 2)
      const [first, second] = spare(place.slots)
      if (!first || !second) throw new Skipped('no two times')
      const citizen = await look.stranger()
      const held = await holdOf(citizen, first, place.itemId)
      const booked = await Promise.all([confirm(look, citizen, held.body), confirm(look, citizen, held.body)])
      const [visit] = booked
      if (visit === undefined || visit.status !== 201) {
        if (visit?.problem?.code === 'level-needed' || visit?.status === 400)
          throw new Skipped(`a test citizen cannot book: ${visit.text.slice(0, 200)}`)
        return see('confirm-twice', false, '201', visit ?? null)
      }
      see(
        'confirm-twice',
        new Set(booked.map(({ body }) => body.id)).size === 1,
        'one visit of two confirmations at once',
        booked[1] ?? null,
      )
      const late = await confirm(look, citizen, held.body)
      see('confirm-twice', late.body.id === visit.body.id, 'the same visit later', late)
      const theirs = await (await look.stranger()).get(`/appointments/${visit.body.id}`)
      see('own-visits', theirs.status === 404, '404 for another citizen', theirs)
      const overlapping = await holdOf(citizen, first, place.itemId)
      see('overlaps', overlapping.problem?.code === 'overlapping-visit', '409 overlapping-visit', overlapping)

      const target = await holdOf(citizen, second, place.itemId, { appointmentId: visit.body.id })
      const before = await freeIn(look, place, first)
      const swapped = await citizen.send<Appointment>(`/appointments/${visit.body.id}/swap`, { holdId: target.body.id })
      const after = await freeIn(look, place, first)
      see('swaps', swapped.status === 200 && swapped.body.slot?.id === second.id, 'the visit at its new time', swapped)
      see(
        'swaps',
        after.free === before.free + 1,
        'the old place is free',
        after.list,
        `${before.free}, then ${after.free}`,
      )
      const failed = await citizen.send<Appointment>(`/appointments/${visit.body.id}/swap`, { holdId: 'kit-none' })
      const still = await citizen.get<Appointment>(`/appointments/${visit.body.id}`)
      see(
        'swaps',
        failed.status >= 400 && still.body.slot?.id === second.id,
        'nothing changed by a swap that failed',
        still,
      )

      const ended = await citizen.send<Appointment>(`/appointments/${visit.body.id}/cancellation`)
      const again = await citizen.send<Appointment>(`/appointments/${visit.body.id}/cancellation`)
      return see(
        'cancel-twice',
        ended.status === 200 && again.status === 200 && again.body.state === ended.body.state,
        'cancelled, and the same again',
        again,
      )
    },
  },
]
