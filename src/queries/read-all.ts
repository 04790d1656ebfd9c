import type { Page } from '@/services'

/** More than this no citizen has: a city that goes on has something wrong with its cursor. */
const mostPages = 20

interface Named {
  readonly id: string
}

/** Joins what came later to what was there; an item that stands in both stays where it was, as it came last. */
export function joined<T extends Named>(before: readonly T[], later: readonly T[]): T[] {
  const items = [...before]
  const places = new Map(items.map(({ id }, index) => [id, index]))
  for (const item of later) {
    const place = places.get(item.id)
    if (place === undefined) places.set(item.id, items.push(item) - 1)
    else items[place] = item
  }
  return items
}

/**
 * The one way to read a list to its end, or until `isEnough`. `next` is null at the end; a list that goes on for too long is
 * cut, and then `next` says so. `asOf` is that of the first page, the oldest.
 */
export async function readAll<T extends Named>(
  read: (cursor: string | null) => Promise<Page<T>>,
  isEnough: (items: readonly T[]) => boolean = () => false,
): Promise<Page<T>> {
  const first = await read(null)
  let items = joined([], first.items)
  let { next, leftOut } = first
  for (let pages = 1; next !== null && pages < mostPages && !isEnough(items); pages += 1) {
    const page = await read(next)
    items = joined(items, page.items)
    next = page.next
    leftOut += page.leftOut
  }
  return { items, next, asOf: first.asOf, leftOut }
}
