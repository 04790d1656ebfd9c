import type { Page } from '@/services'

/** No citizen has more: a list that goes on has a broken cursor. */
const mostPages = 20

interface Named {
  readonly id: string
}

/** Appends later items; an item in both stays at its index, as it was last. */
export function joined<T extends Named>(before: readonly T[], later: readonly T[]): T[] {
  const items = [...before]
  const indexes = new Map(items.map(({ id }, index) => [id, index]))
  for (const item of later) {
    const index = indexes.get(item.id)
    if (index === undefined) indexes.set(item.id, items.push(item) - 1)
    else items[index] = item
  }
  return items
}

/**
 * The one way to read a list to its end, or until `isEnough`. `next` is null at the end; a list that goes on for too long is
 * cut, and `next` is not null. `asOf` is that of the first page, the oldest.
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
