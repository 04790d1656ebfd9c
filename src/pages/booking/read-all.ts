import type { Page } from '@/services'

/** A city with more than this has something wrong with its cursor. */
const mostPages = 20

/** Every page of a list, for lists that are searched on the phone: a match must not hide on a page nobody asked for. */
export async function readAll<T>(read: (cursor: string | null) => Promise<Page<T>>): Promise<readonly T[]> {
  const items: T[] = []
  let cursor: string | null = null
  for (let pages = 0; pages < mostPages; pages += 1) {
    const page: Page<T> = await read(cursor)
    items.push(...page.items)
    if (page.next === null) break
    cursor = page.next
  }
  return items
}
