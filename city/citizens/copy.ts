import type { ExportCitizenData, ExportCitizenResponses } from '../../contract/wire/types.gen'
import { operation } from '../http/operation'
import { instant, type Language, say, type Words } from '../words'
import { recordDataUses } from './data-uses'
import { recordWords } from './record-words'
import { sections } from './records'

const you: Words = { zh: '本人', en: 'You' }
const copyTaken: Words = { zh: '下载个人信息副本', en: 'Copy of personal data taken' }

/** Instants as in every answer, texts in the citizen's language; all else as it is kept. */
function readable(value: unknown, language: Language): unknown {
  if (value instanceof Date) return instant(value)
  const isWords = typeof value === 'object' && value !== null && 'zh' in value && 'en' in value
  return isWords ? say(value as Words, language) : value
}

const labelsOf = (record: object, language: Language) =>
  Object.keys(record).flatMap((name) => {
    const words = recordWords[name]
    return words ? [{ name, label: say(words, language) }] : []
  })

/** A copy of all that the city keeps about the citizen, in full: nobody else is signed in here. That it was taken is noted. */
export const exportCitizen = operation<ExportCitizenData, ExportCitizenResponses>(async (_call, context) => {
  const { cityId, citizenId, language } = context
  await recordDataUses(context.db, context, [{ citizenId, by: you, purpose: 'copy', text: copyTaken }])
  const copied = await context.database.transaction(async (trx) => {
    const all = []
    for (const { table, title, of, hidden = [] } of sections) {
      if (title === undefined) continue
      const rows = await trx.selectFrom(table).selectAll().where(of(cityId, citizenId)).execute()
      const records = rows.map((row) =>
        Object.fromEntries(
          Object.entries(row).flatMap(([name, value]) =>
            hidden.includes(name) ? [] : [[name, readable(value, language)]],
          ),
        ),
      )
      const [first] = records
      if (first) all.push({ kind: table, title: say(title, language), records, labels: labelsOf(first, language) })
    }
    return all
  })
  const now = instant(context.now())
  return { status: 200, body: { createdAt: now, sections: copied, serverTime: now } }
})
