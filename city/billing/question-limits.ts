import { sql } from 'kysely'
import type { Context } from '../http/operation'
import { problem } from '../http/problem'
import { sha256 } from '../ids'
import { blinded } from '../keys'
import { addDays, dayOf, momentOf } from '../words'

/**
 * Account numbers follow each other, so whoever tries them one after the other finds homes. Each citizen may ask about few a day, sooner or
 * later with growing pauses; a number that nobody has counts for several. All instances share the count.
 */
type Rule = {
  /** So many points cost nothing. */
  free: number
  /** So many are the last of a day. */
  most: number
}
const matches: Rule = { free: 16, most: 48 }
const lookUps: Rule = { free: 240, most: 480 }
/** A code is checked and accepted: two for each invitation. */
const codes: Rule = { free: 6, most: 20 }
/** Of a device's address only numbers that nobody has: behind one there may be a whole town. */
const misses: Rule = { free: 60, most: 240 }
/** Of one number that a second fact belongs to, by whomever. */
const tries: Rule = { free: 10, most: 40 }
const MISS_POINTS = 4
const FIRST_PAUSE_SECONDS = 10
const LONGEST_PAUSE_SECONDS = 3600

/** Counts a question about a number that the citizen has not bound. @throws ProblemError `too-many-requests` with a time */
export async function allowMatch(context: Context): Promise<void> {
  if (isForFree(context)) return
  await refuseEarly(context, addressOf(context))
  await count(context, context.citizenId, matches, 1)
}

/** A number that nobody has was asked about. */
export async function countMiss(context: Context): Promise<void> {
  if (isForFree(context)) return
  await count(context, context.citizenId, matches, MISS_POINTS - 1, { misses: 1, isPast: true })
  await count(context, addressOf(context), misses, 1, { misses: 1, isPast: true })
}

/**
 * Counts a question about a number whose second fact could be guessed, before anybody is asked: of all citizens, so that many who try one
 * number together are as slow as one. What is kept says nothing of the number. @throws ProblemError `too-many-requests` with a time
 */
export async function allowTry(context: Context, billerId: string, number: string): Promise<void> {
  if (isForFree(context)) return
  const { service, cityId } = context
  const digest = blinded(service.keys.ofCity(cityId), 'numbers tried', `${billerId}/${number}`)
  await count(context, `number/${digest.slice(0, 32)}`, tries, 1)
}

/** Counts a question about an account that the citizen has bound. @throws ProblemError `too-many-requests` with a time */
export async function allowLookUp(context: Context): Promise<void> {
  if (isForFree(context)) return
  await count(context, `lookups/${context.citizenId}`, lookUps, 1)
}

/** Counts a code of an invitation that is tried. @throws ProblemError `too-many-requests` with a time */
export const allowCode = (context: Context): Promise<void> => count(context, `codes/${context.citizenId}`, codes, 1)

/** While the city is in maintenance, nothing counts against anybody. */
const isForFree = ({ city }: Context): boolean => city.mode === 'read-only'

const addressOf = ({ address }: Context): string => `address/${sha256(address).slice(0, 32)}`

/** In one statement, so that many questions at once are counted one after the other. */
async function count(
  context: Context,
  asker: string,
  { free, most }: Rule,
  points: number,
  past: { misses: number; isPast: boolean } = { misses: 0, isPast: false },
): Promise<void> {
  const now = context.now()
  const tomorrow = momentOf(addDays(dayOf(now), 1))
  const total = sql<number>`(account_questions.questions + ${points}::integer)`
  const pause = sql<Date>`case
    when ${total} >= ${most}::integer then ${tomorrow}::timestamptz
    when ${total} > ${free}::integer then ${now}::timestamptz + interval '1 second'
      * least(${LONGEST_PAUSE_SECONDS}::float, ${FIRST_PAUSE_SECONDS}::float * power(2::float, least(${total} - ${free}::integer - 1, 12)::float))
    else account_questions.next_at end`
  const row = { city_id: context.cityId, asker, day: dayOf(now) }
  const counted = await context.db
    .insertInto('account_questions')
    .values({ ...row, questions: points, misses: past.misses })
    .onConflict((conflict) =>
      conflict
        .columns(['city_id', 'asker', 'day'])
        .doUpdateSet({
          questions: total,
          misses: sql<number>`account_questions.misses + ${past.misses}::integer`,
          next_at: pause,
        })
        .where((eb) =>
          past.isPast
            ? sql<boolean>`true`
            : eb.or([eb('account_questions.next_at', 'is', null), eb('account_questions.next_at', '<=', now)]),
        ),
    )
    .executeTakeFirst()
  if (!counted.numInsertedOrUpdatedRows) await refuseEarly(context, asker)
}

async function refuseEarly(context: Context, asker: string): Promise<void> {
  const now = context.now()
  const row = await context.db
    .selectFrom('account_questions')
    .select('next_at')
    .where('city_id', '=', context.cityId)
    .where('asker', '=', asker)
    .where('day', '=', dayOf(now))
    .executeTakeFirst()
  if (!row?.next_at || row.next_at <= now) return
  const seconds = Math.ceil((row.next_at.getTime() - now.getTime()) / 1000)
  throw problem('too-many-requests', { retryAfterSeconds: seconds, detail: waitText(seconds)[context.language] })
}

function waitText(seconds: number): Record<Context['language'], string> {
  const minutes = Math.ceil(seconds / 60)
  if (minutes <= 1)
    return {
      'zh-CN': `查询太频繁，请 ${seconds} 秒后再试。`,
      en: `Too many look-ups. Try again in ${seconds} seconds.`,
    }
  if (minutes < 120)
    return {
      'zh-CN': `查询太频繁，请 ${minutes} 分钟后再试。`,
      en: `Too many look-ups. Try again in ${minutes} minutes.`,
    }
  return { 'zh-CN': '今天查询的次数已用完，请明天再试。', en: 'No look-ups are left today. Try again tomorrow.' }
}
