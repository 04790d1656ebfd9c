import { useEffect, useMemo, useRef, useState } from 'react'
import type { Appointment } from '@/domain/appointment'
import type { Counters } from '@/domain/citizen'
import type { Hall } from '@/domain/hall'
import type { AppointmentId, CityId, HallId, ItemId } from '@/domain/ids'
import type { Item } from '@/domain/item'
import { type Manifest, takesActions } from '@/domain/manifest'
import { type DayExplanation, daysFrom, dayToShow, explainDay, explainTimes, type SlotDay } from '@/domain/slot'
import { type Day, dayOf, msOf } from '@/domain/time'
import { canWaitFor } from '@/domain/waitlist'
import { useServerNow } from '@/lifecycle/use-server-now'
import { useBooking } from '@/pages/booking/parts/use-booking'
import { type Taking, useTake } from '@/pages/booking/parts/use-take'
import { useAppointment } from '@/queries/use-appointments'
import { useCitizen } from '@/queries/use-citizen'
import { useItems } from '@/queries/use-items'
import { type Load, mapLoad, useLoad, valueOf } from '@/queries/use-load'
import { useManifest } from '@/queries/use-manifest'
import { useDays, useTimes } from '@/queries/use-slots'
import { routes } from '@/routes'
import { services } from '@/services'
import { hallsOf } from '@/services/halls'
import type { AppointmentItems, SlotDays, SlotList } from '@/services/slots'
import { useWaiting, type Waiting } from './use-waiting'

export interface SlotsLink {
  readonly city: CityId
  readonly hall: HallId
  readonly item: ItemId
  /** The appointment to be moved. */
  readonly appointment?: AppointmentId | undefined
}

/** What the times are for, and where. */
interface Subject {
  readonly item: Item
  readonly hall: Hall
}

export interface SlotsPage {
  readonly subject: Load<Subject>
  readonly manifest: Manifest | null
  readonly mayBook: boolean
  readonly counters: Load<Counters>
  /** The appointment to be moved, once read. */
  readonly moving: Appointment | null
  /** The link's item, and what was added to it. */
  readonly items: readonly Item[]
  readonly adding: Adding
  readonly persons: Persons
  readonly waiting: Waiting
  readonly days: Load<SlotDays>
  /** Those of them that are not over. */
  readonly daysAhead: readonly SlotDay[]
  readonly day: Day | null
  readonly choose: (day: Day) => void
  readonly times: Load<SlotList>
  /** Why the chosen day is as it is; null until that is known. */
  readonly why: DayExplanation | null
  readonly taking: Taking
  readonly reload: () => Promise<void>
  /** Reads all counts again. */
  readonly recount: () => Promise<void>
}

/** How many come together, where the hall lets several come in one appointment for these items. */
export interface Persons {
  /** 1 where one person comes alone, and for an appointment that is being moved: its number stays. */
  readonly most: number
  readonly count: number
  readonly choose: (count: number) => void
}

/** Further items of the same appointment, where the hall serves several at once. */
export interface Adding {
  /** 1 where an appointment holds one item only, and for one that is being moved. */
  readonly most: number
  readonly chosen: readonly ItemId[]
  readonly choose: (item: ItemId, on: boolean) => void
  /** What else the hall serves; not read before `open`. */
  readonly others: Load<readonly Item[]>
  readonly open: () => void
}

/** Days and times of a hall for an item. Counts are read again on every show; the day on the screen stays. */
export function useSlots({ city, hall, item, appointment }: SlotsLink): SlotsPage {
  const [subject, reloadSubject] = useLoad([city, hall, item] as const, readSubject, keptSubject)
  const [manifestLoad] = useManifest(city)
  const manifest = valueOf(manifestLoad)
  const [citizen] = useCitizen(city)
  const [movingLoad] = useAppointment(city, appointment ?? null)
  const moving = valueOf(movingLoad)
  const adding = useAdding(city, hall, item, appointment ? 1 : (manifest?.booking?.itemsPerVisit ?? 1))
  const items: AppointmentItems = [item, ...(appointment ? (moving?.moreItemIds ?? []) : adding.chosen)]
  // How long the moved appointment takes must be known before its days are counted.
  const [wanted, choosePersons] = useState(1)
  const most = useRef(1)
  const count = appointment ? (moving?.persons ?? 1) : Math.min(wanted, most.current)
  const counting = appointment && movingLoad.status === 'loading' ? null : { items, persons: count }
  const [days, reloadDays] = useDays(city, hall, counting)
  // Another item may let fewer come; while its days are read the last answer stands.
  most.current = valueOf(days)?.personsPerVisit ?? most.current
  const [chosen, choose] = useState<Day | null>(null)
  const today = dayOf(useServerNow(city))
  const counted = valueOf(days)?.days
  const all = useMemo(() => daysFrom(counted ?? [], today), [counted, today])
  // What was shown first stays, whatever is counted later: nothing changes under a finger.
  const shown = useRef<Day | null>(null)
  const day = dayToShow(all, chosen ?? shown.current, moving && dayOf(msOf(moving.slot.startsAt)))
  if (day !== null) shown.current = day
  const entry = all.find((other) => other.day === day)
  const hasTimes = entry !== undefined && entry.status === 'free'
  const [times, reloadTimes] = useTimes(city, hall, counting, hasTimes ? day : null)

  const recount = async () => {
    await Promise.all([reloadDays(), hasTimes ? reloadTimes() : undefined])
  }
  const booking = useBooking()
  const taking = useTake({
    city,
    items,
    persons: count,
    appointment,
    async onHeld(hold, here) {
      const isShown = await here(routes.confirm({ city, hold: hold.id }))
      // A hold that is not shown cannot be confirmed, and would block the place until its deadline.
      if (!isShown) void booking.release(city, hold.id)
    },
  })
  const isTaken = taking.take.status === 'taken'
  const newest = useRef(recount)
  newest.current = recount
  // The counts on the screen are old: what somebody took is not offered again behind the sheet.
  useEffect(() => {
    if (isTaken) void newest.current()
  }, [isTaken])
  const read = valueOf(times)
  const why =
    entry === undefined
      ? null
      : read?.day === entry.day
        ? explainTimes(entry, all, read, services.serverNow(city), count)
        : explainDay(entry, all)
  const mayWait = canWaitFor(why, { items, isMove: appointment !== undefined })
  const waiting = useWaiting({ city, hall, item, persons: count, day: mayWait ? day : null }, manifest)
  const first = valueOf(subject)?.item
  const others = valueOf(adding.others) ?? []
  return {
    subject,
    manifest,
    mayBook: manifest === null || takesActions(manifest),
    counters: mapLoad(citizen, (value) => value.counters),
    moving,
    items: first ? [first, ...others.filter((other) => adding.chosen.includes(other.id))] : [],
    adding,
    persons: { most: appointment ? 1 : most.current, count, choose: choosePersons },
    waiting,
    days,
    daysAhead: all,
    day,
    choose,
    times,
    why,
    taking,
    reload: async () => {
      await Promise.all([reloadSubject(), recount()])
    },
    recount,
  }
}

function useAdding(city: CityId, hall: HallId, item: ItemId, most: number): Adding {
  const [chosen, setChosen] = useState<readonly ItemId[]>([])
  const [isOpen, setOpen] = useState(false)
  const [load] = useItems(isOpen ? city : null, hall)
  return {
    most,
    chosen,
    choose: (other, on) =>
      setChosen((before) => [...before.filter((one) => one !== other), ...(on ? [other] : [])].slice(0, most - 1)),
    others: mapLoad(load, ({ items }) => items.filter((other) => other.id !== item)),
    open: () => setOpen(true),
  }
}

async function readSubject(city: CityId, hallId: HallId, itemId: ItemId): Promise<Subject> {
  const [item, hall] = await Promise.all([services.items.get(city, itemId), services.of(hallsOf).get(city, hallId)])
  return { item, hall }
}

/** From earlier lists, to be shown at once. */
function keptSubject(city: CityId, hall: HallId, item: ItemId) {
  const items = [services.items.cachedList(city, hall), services.items.cachedList(city)]
  const halls = [services.of(hallsOf).cachedList(city, item), services.of(hallsOf).cachedList(city)]
  const cachedItem = items.flatMap((cached) => cached?.value.items ?? []).find((other) => other.id === item)
  const cachedHall = halls.flatMap((cached) => cached?.value.items ?? []).find((other) => other.id === hall)
  const asOf = (items[0] ?? items[1])?.asOf
  return cachedItem && cachedHall && asOf ? { asOf, value: { item: cachedItem, hall: cachedHall } } : null
}
