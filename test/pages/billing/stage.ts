import type { Account, AccountRelation } from '@/domain/account'
import type { Bill } from '@/domain/bill'
import { asId, type BillerId, type CityId } from '@/domain/ids'
import { services } from '@/services'

/** Accounts in other cities, and bills that ask for more than a payment. */

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
