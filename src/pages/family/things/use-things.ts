import type { Appointment } from '@/domain/appointment'
import type { Bill } from '@/domain/bill'
import { type Grant, mayDo } from '@/domain/family'
import type { CityId } from '@/domain/ids'
import { useLoad } from '@/queries/use-load'
import { services } from '@/services'
import { familyOf } from '@/services/family'
import { familyThingsOf } from '@/services/family-things'

/** A bill or a visit of somebody in the family, by the day on which it is due. */
export type FamilyThing = { readonly grant: Grant; readonly day: string } & (
  | { readonly kind: 'bill'; readonly bill: Bill }
  | { readonly kind: 'visit'; readonly visit: Appointment }
)

export interface FamilyThings {
  /** Whether there is anybody at all. */
  readonly isAnybody: boolean
  /** The earliest first. */
  readonly things: readonly FamilyThing[]
  /** Whose could not be read: that is not "nothing". */
  readonly unread: readonly Grant[]
}

const noDay = '9999-12-31'

async function thingsOf(city: CityId, grant: Grant): Promise<readonly FamilyThing[]> {
  const { bills, visits } = services.of(familyThingsOf)
  const [due, ahead] = await Promise.all([
    mayDo(grant, 'bills') ? bills(city, grant.id) : null,
    mayDo(grant, 'book') ? visits(city, grant.id) : null,
  ])
  return [
    ...(due?.items ?? []).map((bill) => ({ kind: 'bill' as const, grant, bill, day: bill.dueOn ?? noDay })),
    ...(ahead?.items ?? []).map((visit) => ({ kind: 'visit' as const, grant, visit, day: visit.slot.day })),
  ]
}

/** One person who cannot be read takes nobody else away. */
async function read(city: CityId): Promise<FamilyThings> {
  const { items } = await services.of(familyOf).list(city)
  const grants = items.filter((grant) => mayDo(grant, 'bills') || mayDo(grant, 'book'))
  const unread: Grant[] = []
  const things: FamilyThing[] = []
  await Promise.all(
    grants.map((grant) =>
      thingsOf(city, grant).then(
        (own) => things.push(...own),
        () => unread.push(grant),
      ),
    ),
  )
  return { isAnybody: grants.length > 0, things: things.sort((a, b) => (a.day < b.day ? -1 : 1)), unread }
}

/** Bills and visits of all for whom the citizen may act, in one list. */
export const useThings = (city: CityId) => useLoad([city], read)
