import { expressionBuilder, type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Tables } from '../database/tables'
import type { Words } from '../words'

/**
 * What the city keeps about a citizen, table by table: for the copy and for erasure. A test holds the list against the schema, so that
 * no table is forgotten in either.
 */
export type RecordSection = {
  table: keyof Tables
  /** Absent: not in the copy, because of `why`. */
  title?: Words
  /** The rows that are about this citizen, `table`'s columns being in scope. */
  of(cityId: string, citizenId: string): RawBuilder<SqlBool>
  /** Columns that are left out of the copy: secrets, and what others said in confidence. */
  hidden?: readonly string[]
  /** Why the rows stay when the citizen's data is erased; absent where they go. */
  kept?: string
  why?: string
}

const both = (zh: string, en: string): Words => ({ zh, en })

const own = (cityId: string, citizenId: string) => sql<SqlBool>`city_id = ${cityId} and citizen_id = ${citizenId}`
const ofOwnPayments = (cityId: string, citizenId: string) => {
  const payments = expressionBuilder<Tables, never>()
    .selectFrom('payments')
    .select('id')
    .where('city_id', '=', cityId)
    .where('citizen_id', '=', citizenId)
  return sql<SqlBool>`city_id = ${cityId} and payment_id in ${payments}`
}
const ofOwnMandates = (cityId: string, citizenId: string) => {
  const mandates = expressionBuilder<Tables, never>()
    .selectFrom('mandates')
    .select('id')
    .where('city_id', '=', cityId)
    .where('citizen_id', '=', citizenId)
  return sql<SqlBool>`city_id = ${cityId} and mandate_id in ${mandates}`
}
/** Of the citizen's visits, and of those that somebody else booked for them. */
const visiting = (cityId: string, citizenId: string) =>
  sql<SqlBool>`city_id = ${cityId} and (citizen_id = ${citizenId} or person_id = ${citizenId})`

/** On either side. */
const familyOf = (cityId: string, citizenId: string) =>
  sql<SqlBool>`city_id = ${cityId} and (giver_id = ${citizenId} or actor_id = ${citizenId})`

const law = 'The law demands accounts of payments; nothing in the row names the citizen'

export const sections: readonly RecordSection[] = [
  {
    table: 'citizens',
    title: both('本人', 'You'),
    of: (cityId, citizenId) => sql<SqlBool>`city_id = ${cityId} and id = ${citizenId}`,
  },
  { table: 'sessions', title: both('登录', 'Sign-ins'), of: own, hidden: ['token_hash'] },
  {
    table: 'verifications',
    title: both('身份核验', 'Identity checks'),
    of: own,
    hidden: ['document_key', 'vendor_number', 'sealed'],
  },
  { table: 'consents', title: both('授权', 'Consents'), of: own },
  { table: 'data_uses', title: both('信息使用记录', 'Uses of your data'), of: own },
  { table: 'messages', title: both('城市发出的消息', 'Messages from the city'), of: own },
  { table: 'message_grants', title: both('允许发送的消息', 'Messages you allowed'), of: own },
  // Before the reports, so that it is erased after them: no answer comes in between.
  { table: 'report_entries', title: both('反馈的答复和补充', 'Answers and replies to reports'), of: own },
  { table: 'reports', title: both('反映的问题', 'Reports'), of: own },
  { table: 'account_matches', title: both('查询过的户号', 'Accounts looked up'), of: own },
  { table: 'findings', title: both('按编号查到的账单', 'Bills found by their number'), of: own },
  { table: 'accounts', title: both('绑定的户号', 'Accounts'), of: own },
  {
    table: 'mandates',
    title: both('长期缴费授权', 'Standing permissions to pay'),
    of: own,
    kept: 'The law demands proof of what was collected by whose permission; nothing in the row names the citizen',
  },
  { table: 'mandate_bills', title: both('授权下的账单', 'Bills under a permission'), of: ofOwnMandates, kept: law },
  { table: 'payments', title: both('支付', 'Payments'), of: own, kept: law },
  { table: 'payment_bills', title: both('支付的账单', 'Bills paid'), of: ofOwnPayments, kept: law },
  { table: 'refunds', title: both('退款', 'Refunds'), of: ofOwnPayments, kept: law },
  {
    table: 'papers',
    title: both('电子发票、财政电子票据、完税证明', 'Invoices and official receipts'),
    of: ofOwnPayments,
    hidden: ['look_at', 'serial'],
    kept: 'One whose money goes back has to be made void; the title in it is erased',
  },
  { table: 'paper_titles', title: both('保存的发票抬头', 'Your invoice title'), of: own },
  { table: 'receipts', title: both('缴费凭证', 'Receipts'), of: ofOwnPayments, kept: law },
  { table: 'ledger', title: both('资金记录', 'Movements of money'), of: ofOwnPayments, kept: law },
  { table: 'family_acts', title: both('家人代办记录', 'What was done for family'), of: familyOf },
  {
    table: 'family_grants',
    title: both('家人代办', 'Whom you may act for, and who for you'),
    of: familyOf,
    hidden: ['code_key'],
  },
  { table: 'saved_visitors', title: both('常用办事人', 'People you book for'), of: own, hidden: ['document_key'] },
  { table: 'favourites', title: both('收藏', 'Favourites'), of: own },
  { table: 'waitlist', title: both('候补', 'Waiting list'), of: own },
  { table: 'tickets', title: both('取过的号', 'Numbers taken'), of: own },
  { table: 'no_shows', title: both('爽约', 'Missed visits'), of: own },
  { table: 'late_moves', title: both('过迟改约', 'Visits moved late'), of: own },
  { table: 'appointments', title: both('预约', 'Visits'), of: visiting },
  { table: 'holds', title: both('保留过的时间', 'Times reserved'), of: own },
  { table: 'bookers', of: own, why: 'A row to lock, that says nothing' },
  {
    table: 'call_counts',
    of: (cityId, citizenId) => sql<SqlBool>`city_id = ${cityId} and who = ${citizenId}`,
    why: 'How often the app called on a day',
  },
  {
    table: 'account_questions',
    of: (cityId, citizenId) =>
      sql<SqlBool>`city_id = ${cityId} and asker in (${citizenId}, ${`lookups/${citizenId}`}, ${`codes/${citizenId}`})`,
    why: 'How often numbers were asked about on a day',
  },
  { table: 'idempotency_keys', of: own, why: 'What the app was answered, which is in the other records' },
]
