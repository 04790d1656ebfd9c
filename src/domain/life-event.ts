import type { Listed, Unlisted } from './unlisted'

/** What in a life an item belongs to (一件事), in the order of a life. */
export type LifeEvent =
  | 'birth'
  | 'school'
  | 'work'
  | 'marriage'
  | 'home'
  | 'car'
  | 'travel'
  | 'health'
  | 'business'
  | 'retirement'
  | 'bereavement'
  | Unlisted

const lifeEvents: readonly Listed<LifeEvent>[] = [
  'birth',
  'school',
  'work',
  'marriage',
  'home',
  'car',
  'travel',
  'health',
  'business',
  'retirement',
  'bereavement',
]

/** An event out of a link; null for any other word. */
export const readLifeEvent = (text: unknown): Listed<LifeEvent> | null =>
  lifeEvents.find((event) => event === text) ?? null

type OfEvents = { readonly lifeEvents?: readonly LifeEvent[] | undefined }

/** The events that some of these items belong to, in the order of a life. One that this version does not know is passed over. */
export const eventsOf = (items: readonly OfEvents[]): Listed<LifeEvent>[] =>
  lifeEvents.filter((event) => items.some((item) => item.lifeEvents?.includes(event)))

/** What most come for first; the rest stays in the order of the city. */
export const mostUsedFirst = <Item extends { readonly recentVisits?: number | undefined }>(
  items: readonly Item[],
): Item[] => [...items].sort((a, b) => (b.recentVisits ?? 0) - (a.recentVisits ?? 0))
