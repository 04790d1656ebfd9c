import { levels } from '../../contract/wire/levels.gen'
import type { Level } from '../../contract/wire/types.gen'
import type { Db } from '../database/database'
import type { Context } from '../http/operation'
import { problem } from '../http/problem'
import { secondsAfter } from '../words'

/** How long each holds once it is verified. A face says who holds the phone now, and is a real name for as long as one holds. */
export const holdsSeconds = { 'real-name': 180 * 86_400, face: 15 * 60 } as const

/** The highest of several; null and undefined demand nothing. */
export const highest = (wanted: readonly (Level | null | undefined)[]): Level =>
  levels[Math.max(1, ...wanted.map((level) => (level ? levels.indexOf(level) : 0)))] ?? 'account'

export const isBelow = (level: Level, wanted: Level): boolean => levels.indexOf(level) < levels.indexOf(wanted)

/** How far the citizen is verified now. */
export async function levelNow(
  db: Db,
  { cityId, citizenId, now }: Pick<Context, 'cityId' | 'citizenId' | 'now'>,
): Promise<Level> {
  const at = now()
  const rows = await db
    .selectFrom('verifications')
    .select(['level', 'ended_at'])
    .where('city_id', '=', cityId)
    .where('citizen_id', '=', citizenId)
    .where('state', '=', 'verified')
    .where('ended_at', '>', secondsAfter(at, -holdsSeconds['real-name']))
    .execute()
  const faceFrom = secondsAfter(at, -holdsSeconds.face)
  if (rows.some(({ level, ended_at }) => level === 'face' && ended_at !== null && ended_at > faceFrom)) return 'face'
  return rows.length > 0 ? 'real-name' : 'account'
}

/**
 * Asks the database only where more than a sign-in is wanted.
 * @throws ProblemError `level-needed` with the level wanted.
 */
export async function needLevel(db: Db, context: Context, wanted: Level = 'account'): Promise<void> {
  if (!isBelow('account', wanted)) return
  if (isBelow(await levelNow(db, context), wanted)) throw problem('level-needed', { level: wanted })
}

/** The citizen no longer lets the city know who they are; with a level, not by this one. */
export async function endVerifications(
  db: Db,
  { cityId, citizenId }: Pick<Context, 'cityId' | 'citizenId'>,
  level?: keyof typeof holdsSeconds,
): Promise<void> {
  let rows = db.deleteFrom('verifications').where('city_id', '=', cityId).where('citizen_id', '=', citizenId)
  if (level !== undefined) rows = rows.where('level', '=', level)
  await rows.execute()
}
