import type { Bill } from '@/domain/bill'
import type { CityId } from '@/domain/ids'
import { type Page, services } from '@/services'

const mostPages = 20

/** All open bills of a city: one request, unless somebody has very many. A part of them would be a wrong total. */
export async function readDue(city: CityId): Promise<Page<Bill>> {
  const first = await services.bills.list(city, { due: true })
  let { next } = first
  const items = [...first.items]
  for (let pages = 1; next !== null && pages < mostPages; pages += 1) {
    const page = await services.bills.list(city, { due: true }, next)
    items.push(...page.items)
    next = page.next
  }
  return { items, next, asOf: first.asOf, leftOut: first.leftOut }
}
