import type { Selectable } from 'kysely'
import type { Report, ReportEntry } from '../../contract/wire/types.gen'
import type { Db } from '../database/database'
import type { CoreTables, StoredAnswer } from '../database/tables'
import { instant, type Language, say } from '../words'
import { reportActions } from './report-rules'

export type ReportRow = Selectable<CoreTables['reports']>
export type EntryRow = Selectable<CoreTables['report_entries']>

/** As many as the contract lets an answer hold: the newest. */
const MOST_ENTRIES = 100

/** What was said after a report's own text, the oldest first. */
export async function readEntries(db: Db, { city_id, id }: Pick<ReportRow, 'city_id' | 'id'>): Promise<EntryRow[]> {
  const newestFirst = await db
    .selectFrom('report_entries')
    .selectAll()
    .where('city_id', '=', city_id)
    .where('report_id', '=', id)
    .orderBy('version', 'desc')
    .limit(MOST_ENTRIES)
    .execute()
  return newestFirst.reverse()
}

/** An answer in the language asked for, or as the office wrote it. */
const inLanguage = ({ zh, en }: StoredAnswer, language: Language): Pick<ReportEntry, 'text' | 'language'> =>
  language === 'en' && en === undefined
    ? { text: zh, language: 'zh-CN' }
    : { text: say({ zh, en: en ?? zh }, language) }

const entryBody = ({ by_whom, office, text, at }: EntryRow, language: Language): ReportEntry => ({
  by: by_whom,
  ...(office ? { office: say(office, language) } : {}),
  ...(by_whom === 'citizen' ? { text: text.zh } : inLanguage(text, language)),
  at: instant(at),
})

/** A report in a list. */
export const reportBody = (row: ReportRow, language: Language): Report => ({
  id: row.id,
  reference: row.reference,
  about: { kind: row.about_kind, id: row.about_id },
  reason: row.reason,
  text: row.text,
  state: row.state,
  ...(row.answer ? { answer: inLanguage(row.answer, language).text } : {}),
  createdAt: instant(row.created_at),
  answerBy: instant(row.answer_by),
  ...(row.answered_at ? { answeredAt: instant(row.answered_at) } : {}),
  ...(row.closed_at ? { closedAt: instant(row.closed_at) } : {}),
  version: row.version,
})

/** A report with all that was said about it, and what can be done now. */
export const wholeReportBody = (row: ReportRow, entries: readonly EntryRow[], language: Language): Report => ({
  ...reportBody(row, language),
  entries: entries.map((entry) => entryBody(entry, language)),
  actions: reportActions(
    row.state,
    entries.map(({ by_whom: by }) => ({ by })),
  ),
})
