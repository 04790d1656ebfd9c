import { type DataUse, recordDataUses } from '../citizens/data-uses'
import type { Context } from '../http/operation'
import { dayOf, maskNumber, momentOf, type Words } from '../words'
import { billerOf } from './billers'

/** What somebody else did with an account. */
const purposes = {
  match: { zh: '按户号查找了您的账户', en: 'looked for your account by its number' },
  find: { zh: '按编号查到了您的账单', en: 'found your bill by its number' },
  bind: { zh: '绑定了您的账户', en: 'added your account' },
  'look-up': { zh: '查询了您账户的待缴费用', en: 'looked up what is due on your account' },
} as const

/** Notes for the citizens whom the biller knows as the holder that somebody else used their account; the same once a day. */
export async function noteForHolders(
  context: Context,
  account: { biller_id: string; number: string },
  what: keyof typeof purposes,
): Promise<void> {
  const { db, cityId, citizenId } = context
  const holders = await db
    .selectFrom('accounts')
    .select('citizen_id')
    .where('city_id', '=', cityId)
    .where('biller_id', '=', account.biller_id)
    .where('number', '=', account.number)
    .where('is_holder', '=', true)
    .where('citizen_id', '<>', citizenId)
    .execute()
  if (holders.length === 0) return
  const number = maskNumber(account.number)
  const { name } = billerOf(context.city, account.biller_id)
  const purpose: Words = {
    zh: `${purposes[what].zh}（${name.zh} ${number}）`,
    en: `Another citizen ${purposes[what].en} (${name.en} ${number})`,
  }
  const at = context.now()
  const noted = await db
    .selectFrom('data_uses')
    .select(['citizen_id', 'purpose'])
    .where('city_id', '=', cityId)
    .where(
      'citizen_id',
      'in',
      holders.map(({ citizen_id }) => citizen_id),
    )
    .where('at', '>=', momentOf(dayOf(at)))
    .execute()
  const isNew = ({ citizen_id: id }: { citizen_id: string }) =>
    !noted.some((use) => use.citizen_id === id && use.purpose.zh === purpose.zh)
  const uses = holders.filter(isNew).map(
    (holder): DataUse => ({
      ...{ citizenId: holder.citizen_id, by: anotherCitizen },
      ...{ purpose: 'other-citizen', text: purpose },
    }),
  )
  await recordDataUses(db, context, uses)
}

const anotherCitizen: Words = { zh: '另一位市民', en: 'Another citizen' }
