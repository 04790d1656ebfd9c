import type { ExportCitizenData, ExportCitizenResponses } from '../../contract/wire/types.gen'
import { operation } from '../http/operation'
import { instant, say, type Words } from '../words'
import { recordDataUses } from './data-uses'
import { sections } from './records'

const you: Words = { zh: '本人', en: 'You' }
const copyTaken: Words = { zh: '下载个人信息副本', en: 'Copy of personal data taken' }

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
            hidden.includes(name) ? [] : [[name, value instanceof Date ? instant(value) : value]],
          ),
        ),
      )
      if (records.length > 0) all.push({ kind: table, title: say(title, language), records })
    }
    return all
  })
  const now = instant(context.now())
  return { status: 200, body: { createdAt: now, sections: copied, serverTime: now } }
})
