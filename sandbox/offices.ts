import { answerReport, type OfficeAnswer } from '../city/citizens/report-answers'
import { secondsAfter, type Words } from '../city/words'
import type { ReportSubject } from '../contract/wire/types.gen'
import type { World } from './world'

/** The offices that answer reports: by the clock a day before the promise, or when somebody at the control page says so. */

const DAY_SECONDS = 86_400
const BATCH = 50

const offices: Readonly<Record<'money' | 'hall' | 'city', Words>> = {
  money: { zh: '公共缴费服务中心', en: 'Bill Payment Service Centre' },
  hall: { zh: '政务服务中心', en: 'Government Service Centre' },
  city: { zh: '12345 热线', en: '12345 line' },
}

const officeOf: Readonly<Record<ReportSubject['kind'], keyof typeof offices>> = {
  payment: 'money',
  bill: 'money',
  refund: 'money',
  appointment: 'hall',
  hall: 'hall',
  app: 'city',
  'data-use': 'city',
}

const usual = {
  zh: '您好，您反映的情况已核实并处理。如仍有疑问，请直接在这里补充。',
  en: 'We have checked what you reported and dealt with it. If anything is still open, please reply here.',
}

/** What an office may write; `very-long` is as long as the contract lets it be. */
export const answers = {
  usual,
  'chinese-only': { zh: usual.zh },
  'very-long': { zh: `${'经与承办单位逐项核对，现答复如下。'.repeat(110)}请知悉。` },
} as const satisfies Record<string, OfficeAnswer['text']>

export type AnswerKind = keyof typeof answers

export const isAnswerKind = (name: string): name is AnswerKind => Object.hasOwn(answers, name)

const reports = (world: World) =>
  world.database.db.selectFrom('reports').select(['city_id', 'id', 'about_kind', 'version'])

type Due = { city_id: string; id: string; about_kind: ReportSubject['kind'] }
const reply = (world: World, { city_id: cityId, id, about_kind }: Due, answer: Omit<OfficeAnswer, 'office'>) =>
  answerReport(world, { cityId, id }, { office: offices[officeOf[about_kind]], ...answer })

/** Answers what is due in a day, unless the fault `report-unanswered` is on. */
export async function answerReports(world: World): Promise<void> {
  const due = await reports(world)
    .where('state', '=', 'received')
    .where('answer_by', '<=', secondsAfter(world.clock.now(), DAY_SECONDS))
    .orderBy('answer_by')
    .limit(BATCH)
    .execute()
  for (const report of due) {
    if (world.faults.isOn('report-unanswered', { cityId: report.city_id })) continue
    // Of instances that answer at once, one does.
    await reply(world, report, { text: answers.usual, to: report.version })
  }
}

/** Answers one now. False when there is no such report. */
export async function answerNow(world: World, id: string, text: OfficeAnswer['text']): Promise<boolean> {
  const report = await reports(world).where('id', '=', id).executeTakeFirst()
  return report !== undefined && reply(world, report, { text })
}
