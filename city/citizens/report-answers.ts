import type { StoredAnswer } from '../database/tables'
import { tellOfAnswer } from '../messages/texts'
import type { Service } from '../service'
import type { Words } from '../words'
import { reportStates } from './report-rules'

/** An office's answer to a report (办理结果). `to`: the version that it answers, so that said twice it is written once. */
export type OfficeAnswer = { office: Words; text: StoredAnswer; to?: number }

/**
 * Writes an office's answer down and tells the citizen; a city's own back office calls it. False when nothing was written: its citizen
 * has been erased, or the report is not in the version `to`.
 */
export const answerReport = (
  { database, clock }: Pick<Service, 'database' | 'clock'>,
  { cityId, id }: { cityId: string; id: string },
  { office, text, to }: OfficeAnswer,
): Promise<boolean> =>
  database.transaction(async (trx) => {
    const report = await trx
      .selectFrom('reports')
      .selectAll()
      .where('city_id', '=', cityId)
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst()
    const state = report && reportStates[report.state].answer
    if (!report || !state || (to !== undefined && report.version !== to)) return false
    const now = clock.now()
    const version = report.version + 1
    await trx
      .insertInto('report_entries')
      .values({
        city_id: cityId,
        report_id: id,
        version,
        citizen_id: report.citizen_id,
        by_whom: 'office',
        office: JSON.stringify(office),
        text: JSON.stringify(text),
        at: now,
      })
      .execute()
    await trx
      .updateTable('reports')
      .set({ state, version, answer: JSON.stringify(text), answered_at: now })
      .where('city_id', '=', cityId)
      .where('id', '=', id)
      .execute()
    if (state === 'answered') await tellOfAnswer(trx, { ...report, version }, now)
    return true
  })
