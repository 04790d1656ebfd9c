import type { Account, AccountRelation } from '@/domain/account'
import type { Bill } from '@/domain/bill'
import { asId, type BillerId, type CityId } from '@/domain/ids'
import { platform } from '@/platform'
import type { Messages, Platform, SubscribeResult } from '@/platform/types'
import { services } from '@/services'

/** Accounts that the money stage does not know: other cities, and bills that ask for more than a payment. */

declare const CITY_ADDRESSES: Record<string, string>

export const hangzhou = asId<CityId>('330100')
export const chengdu = asId<CityId>('510100')
export const harbin = asId<CityId>('230100')

export const special = {
  arrears: [hangzhou, 'hz-electricity', '3301002000098'],
  manyBills: [hangzhou, 'hz-water', '86009999'],
  decision: [hangzhou, 'hz-fine', '330106190012347'],
  several: [hangzhou, 'hz-electricity', '3301002000023'],
  limited: [chengdu, 'cd-electricity', '5101001004'],
  withFee: [chengdu, 'cd-fine', '510106190012345'],
  meter: [chengdu, 'cd-gas', 'CDRQ99001A'],
  meterInDebt: [chengdu, 'cd-gas', 'CDRQ99002B'],
  inParts: [harbin, 'hrb-heating', '230100000010'],
} as const satisfies Record<string, readonly [CityId, string, string]>

/** The citizen is new to the other cities as well. */
export async function newElsewhere(addressOf: (adcode: string) => string): Promise<void> {
  for (const city of [chengdu, harbin]) {
    CITY_ADDRESSES[city] = addressOf(city)
    await services.sessions.end(city).catch(() => {})
    await services.sessions.begin(city)
  }
}

export async function bindSpecial(
  name: keyof typeof special,
  relation: AccountRelation = 'mine',
  nickname?: string,
): Promise<Account> {
  const [city, biller, number] = special[name]
  const match = await services.accounts.match(city, asId<BillerId>(biller), number)
  if (match.outcome !== 'matched') throw new Error(`${name}: ${match.outcome}`)
  return services.accounts.bind(city, { matchId: match.matchId, relation, nickname }, services.newIdempotencyKey())
}

/** What the biller has open on it; the first is the one meant. */
export async function openBills(name: keyof typeof special): Promise<[Bill, ...Bill[]]> {
  const account = await bindSpecial(name)
  const lookup = await services.bills.lookUp(account.cityId, account.id)
  const [first, ...others] = lookup.outcome === 'bill' ? lookup.bills : []
  if (!first) throw new Error(`${name}: ${lookup.outcome}`)
  return [first, ...others]
}

/** The preview, on a phone that answers so. Gives back what makes it as before. */
export function givePhone(can: Partial<Pick<Platform, 'scan' | 'messages'>>): () => void {
  const before = { scan: platform.scan, messages: platform.messages }
  Object.assign(platform, can)
  return () => {
    Object.assign(platform, before)
  }
}

/** The preview, on a host that lacks these. Gives back what makes it as before. */
export function takeFromPhone(...names: ('scan' | 'messages' | 'addToCalendar')[]): () => void {
  const before = { ...platform }
  for (const name of names) Reflect.deleteProperty(platform, name)
  return () => void Object.assign(platform, before)
}

/** A host that gives this answer to every message asked for, and what it was asked for. */
export function messagesAnswering(answer: SubscribeResult): Messages & { asked: string[][] } {
  const asked: string[][] = []
  return {
    asked,
    templatesOf: 'wechat',
    subscribe: (ids) => {
      asked.push([...ids])
      return Promise.resolve(Object.fromEntries(ids.map((id) => [id, answer])))
    },
  }
}

let listens: jest.SpyInstance | undefined
afterEach(() => listens?.mockRestore())

/** What the phone asks of the cities from now on, in order, and when each is answered. */
export function listening(): string[] {
  const asked: string[] = []
  const { open } = XMLHttpRequest.prototype
  listens = jest.spyOn(XMLHttpRequest.prototype, 'open').mockImplementation(function (
    this: XMLHttpRequest,
    method: string,
    url: string | URL,
  ) {
    const path = String(url).replace(/^https?:\/\/[^/]+/, '')
    asked.push(path)
    this.addEventListener('load', () => asked.push(`answered ${path}`))
    open.call(this, method, url, true)
  })
  return asked
}
