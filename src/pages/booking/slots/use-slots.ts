import { useEffect, useMemo, useRef, useState } from 'react'
import type { Appointment } from '@/domain/appointment'
import type { Counters } from '@/domain/citizen'
import type { Hall } from '@/domain/hall'
import type { Hold } from '@/domain/hold'
import type { AppointmentId, CityId, HallId, ItemId } from '@/domain/ids'
import type { Item } from '@/domain/item'
import { type Manifest, takesActions } from '@/domain/manifest'
import {
  type DayExplanation,
  daysFrom,
  dayToShow,
  explainDay,
  explainTimes,
  isBookable,
  type Slot,
  type SlotDay,
} from '@/domain/slot'
import { type Day, dayOf, msOf } from '@/domain/time'
import { useEffectWhileVisible } from '@/lifecycle/use-visible'
import { mapLoad } from '@/pages/booking/parts/map-load'
import { useCitizen } from '@/pages/booking/parts/rules'
import { type Taking, useTake } from '@/pages/booking/parts/use-take'
import type { Navigation } from '@/platform/types'
import { readAll } from '@/queries/read-all'
import { type Load, useLoad, valueOf } from '@/queries/use-load'
import { useManifest } from '@/queries/use-manifest'
import { routes } from '@/routes'
import { services } from '@/services'
import type { SlotDays, SlotList, VisitItems } from '@/services/slots'
import { useWaiting, type Waiting } from './use-waiting'

export interface SlotsLink {
  readonly city: CityId
  readonly hall: HallId
  readonly item: ItemId
  /** The visit to be moved. */
  readonly appointment?: AppointmentId | undefined
}

export interface SlotsPage {
  readonly place: Load<{ readonly item: Item; readonly hall: Hall }>
  readonly manifest: Manifest | null
  readonly mayBook: boolean
  readonly counters: Load<Counters>
  /** The visit to be moved, once read. */
  readonly moving: Appointment | null
  /** What the visit is for: the link's item, and what was added to it. */
  readonly items: readonly Item[]
  readonly adding: Adding
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
  /** Counts everything anew. */
  readonly recount: () => Promise<void>
}

/** Further items of the same visit, where the hall serves several at once. */
export interface Adding {
  /** 1 where a visit holds one item only, and for one that is being moved. */
  readonly most: number
  readonly chosen: readonly ItemId[]
  readonly choose: (item: ItemId, on: boolean) => void
  /** What else the hall serves; read once somebody asks. */
  readonly others: Load<readonly Item[]>
  readonly ask: () => void
}

/** Days and times of a hall for an item. Counts are read again on every show; a chosen day stays chosen. */
export function useSlots({ city, hall, item, appointment }: SlotsLink): SlotsPage {
  const [place, reloadPlace] = useLoad(
    `${city} ${hall} ${item}`,
    async () => {
      const [itemNow, hallNow] = await Promise.all([services.items.get(city, item), services.halls.get(city, hall)])
      return { item: itemNow, hall: hallNow }
    },
    () => keptPlace(city, hall, item),
  )
  const [manifestLoad] = useManifest(city)
  const manifest = valueOf(manifestLoad)
  const counters = mapLoad(useCitizen(city), (citizen) => citizen.counters)
  const [movingLoad] = useLoad(
    appointment ? `${city} ${appointment}` : null,
    () => services.appointments.get(city, appointment as AppointmentId),
    () => services.appointments.kept(city, appointment as AppointmentId),
  )

  const moving = valueOf(movingLoad)
  const adding = useAdding(city, hall, item, appointment ? 1 : (manifest?.booking?.itemsPerVisit ?? 1))
  const items: VisitItems = [item, ...(appointment ? (moving?.moreItemIds ?? []) : adding.chosen)]
  // How long the moved visit takes must be known before its days are counted.
  const visit = appointment && movingLoad.status === 'loading' ? null : [city, hall, ...items].join(' ')
  const [days, reloadDays] = useLoad(visit, () => services.slots.days(city, hall, items))
  const [chosen, choose] = useState<Day | null>(null)
  const today = useToday(city)
  const counted = valueOf(days)?.days
  const all = useMemo(() => daysFrom(counted ?? [], today), [counted, today])
  // What was shown first stays, whatever is counted later: nothing changes under a finger.
  const shown = useRef<Day | null>(null)
  const day = dayToShow(all, chosen ?? shown.current, moving && dayOf(msOf(moving.slot.startsAt)))
  if (day !== null) shown.current = day
  const entry = all.find((other) => other.day === day)
  const hasTimes = entry !== undefined && entry.status === 'free'
  const [times, reloadTimes] = useLoad(hasTimes ? `${visit} ${day}` : null, () =>
    services.slots.list(city, hall, items, day as Day),
  )

  const recount = async () => {
    await Promise.all([reloadDays(), hasTimes ? reloadTimes() : undefined])
  }
  const taking = useTake({ city, items, appointment, onHeld: (hold, here) => open(city, hold, here) })
  const isTaken = taking.take.status === 'taken'
  const newest = useRef(recount)
  newest.current = recount
  // The counts on the screen are known to be old: what somebody took is not offered again behind the sheet.
  useEffect(() => {
    if (isTaken) void newest.current()
  }, [isTaken])
  const read = valueOf(times)
  const why =
    entry === undefined
      ? null
      : read?.day === entry.day
        ? explainTimes(entry, all, read, services.serverNow(city))
        : explainDay(entry, all)
  const mayWait = why?.kind === 'full' && items.length === 1 && !appointment
  const waiting = useWaiting({ city, hall, item, day: mayWait ? day : null }, manifest)
  const first = valueOf(place)?.item
  const others = valueOf(adding.others) ?? []
  return {
    place,
    manifest,
    mayBook: manifest === null || takesActions(manifest),
    counters,
    moving,
    items: first ? [first, ...others.filter((other) => adding.chosen.includes(other.id))] : [],
    adding,
    waiting,
    days,
    daysAhead: all,
    day,
    choose,
    times,
    why,
    taking,
    reload: async () => {
      await Promise.all([reloadPlace(), recount()])
    },
    recount,
  }
}

function useAdding(city: CityId, hall: HallId, item: ItemId, most: number): Adding {
  const [chosen, setChosen] = useState<readonly ItemId[]>([])
  const [isAsked, setAsked] = useState(false)
  const [load] = useLoad(isAsked ? `${city} ${hall}` : null, () =>
    readAll((cursor) => services.items.list(city, hall, cursor)),
  )
  return {
    most,
    chosen,
    choose: (other, on) =>
      setChosen((before) => [...before.filter((known) => known !== other), ...(on ? [other] : [])].slice(0, most - 1)),
    others: mapLoad(load, ({ items }) => items.filter((other) => other.id !== item)),
    ask: () => setAsked(true),
  }
}

async function open(city: CityId, hold: Hold, here: Navigation) {
  const isOpen = await here.to(routes.confirm({ city, hold: hold.id }))
  // Nobody sees it, so nobody can confirm it: it would keep the place from others until its deadline.
  if (!isOpen) services.holds.release(city, hold.id).catch(() => {})
}

/** What earlier lists told of the item and the hall, to be shown at once. */
function keptPlace(city: CityId, hall: HallId, item: ItemId) {
  const items = [services.items.keptList(city, hall), services.items.keptList(city)]
  const halls = [services.halls.keptList(city, item), services.halls.keptList(city)]
  const keptItem = items.flatMap((kept) => kept?.value.items ?? []).find((other) => other.id === item)
  const keptHall = halls.flatMap((kept) => kept?.value.items ?? []).find((other) => other.id === hall)
  const asOf = (items[0] ?? items[1])?.asOf
  return keptItem && keptHall && asOf ? { asOf, value: { item: keptItem, hall: keptHall } } : null
}

/** Places left of a slot at the server's now; one that has begun has none. */
export const isOver = (slot: Slot, nowMs: number): boolean => slot.free > 0 && !isBookable(slot, nowMs)

/** The first day of the strip is the server's today, whatever the phone thinks. */
export const todayIn = (city: CityId): Day => dayOf(services.serverNow(city))

const lookEveryMs = 30_000

/** The city's today; midnight passes while the page is looked at. */
function useToday(city: CityId): Day {
  // Read at each render: the city's clock is known with its first answer only, and the phone's may be a year off.
  const today = todayIn(city)
  const [, setLooked] = useState(today)
  useEffectWhileVisible(() => {
    const look = () => setLooked(todayIn(city))
    look()
    const timer = setInterval(look, lookEveryMs)
    return () => clearInterval(timer)
  }, [city])
  return today
}
