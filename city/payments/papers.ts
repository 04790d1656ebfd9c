import type {
  ForgetPaperTitleData,
  ForgetPaperTitleResponses,
  ListPapersData,
  ListPapersResponses,
  Paper,
  PaperList,
  PaperRequest,
  PaperTitle,
  RequestPaperData,
  RequestPaperResponses,
} from '../../contract/wire/types.gen'
import { billerOf } from '../billing/billers'
import { recordDataUses } from '../citizens/data-uses'
import type { Db } from '../database/database'
import { type Context, creating, operation, refuseWhenReadOnly } from '../http/operation'
import { problem } from '../http/problem'
import { instant, say, secondsAfter, type Words } from '../words'
import { isCreditCode } from './credit-code'
import { ownPayment } from './operations'
import { type PaperRow, papersOf } from './paper-rows'
import { needsTitle, paperKindOf, paperStanding, paperStep } from './paper-rules'
import { lockPayment, type PaymentKey, type PaymentRow, type Trx } from './rows'

/** How long issuers usually take. */
const ISSUE_SECONDS = 180

export const listPapers = operation<ListPapersData, ListPapersResponses>(async ({ path }, context) => {
  refuseWithoutPapers(context)
  const payment = await ownPayment(context.db, path.paymentId, context)
  return { status: 200, body: await paperList(context.db, payment, context) }
})

export const requestPaper = creating<RequestPaperData, RequestPaperResponses>(
  'requestPaper',
  async ({ path, body }, context, trx) => {
    refuseWithoutPapers(context)
    refuseWhenReadOnly(context)
    const { cityId, citizenId } = context
    const { id } = await ownPayment(trx, path.paymentId, context)
    // Money that goes back locks it too.
    const payment = await lockPayment(trx, { city_id: cityId, id })
    const papers = await standingPapers(trx, payment, context)
    const asked = papers.find(({ paper }) => paper.billerId === body.billerId)
    if (asked === undefined) throw problem('not-found')
    const step = paperStep(asked.paper)
    if (step === 'refuse') throw problem('paper-not-available')
    if (step !== 'known') {
      const title = step === 'again' ? asked.kept?.title : titleOf(asked.paper, body, context)
      await ask(trx, payment, asked, title ?? null, context.now())
      if (title && step === 'issue') await noteTitle(trx, body, title, context)
    }
    return { status: 200, body: await paperList(trx, payment, context) }

    async function noteTitle(db: Db, { keepTitle }: PaperRequest, title: PaperTitle, { now }: Context) {
      const by = billerOf(context.city, body.billerId).name
      await recordDataUses(db, context, [{ citizenId, by, purpose: 'paper', text: titleGiven }])
      if (!keepTitle) return
      const kept = { title: JSON.stringify(title), used_at: now() }
      await db
        .insertInto('paper_titles')
        .values({ city_id: cityId, citizen_id: citizenId, ...kept })
        .onConflict((conflict) => conflict.columns(['city_id', 'citizen_id']).doUpdateSet(kept))
        .execute()
    }
  },
)

const titleGiven: Words = {
  zh: '用您填写的抬头开具电子发票',
  en: 'Issued an electronic invoice to the title that you gave',
}

export const forgetPaperTitle = operation<ForgetPaperTitleData, ForgetPaperTitleResponses>(async (_call, context) => {
  refuseWithoutPapers(context)
  await context.db
    .deleteFrom('paper_titles')
    .where('city_id', '=', context.cityId)
    .where('citizen_id', '=', context.citizenId)
    .execute()
  return { status: 204 }
})

function refuseWithoutPapers({ city }: Context): void {
  if (!city.features.includes('papers')) throw problem('not-found')
}

async function paperList(db: Db, payment: PaymentRow, context: Context): Promise<PaperList> {
  const papers = await standingPapers(db, payment, context)
  const kept = await db
    .selectFrom('paper_titles')
    .select('title')
    .where('city_id', '=', context.cityId)
    .where('citizen_id', '=', context.citizenId)
    .executeTakeFirst()
  return {
    paymentId: payment.id,
    items: papers.map(({ paper }) => paper),
    ...(kept && { keptTitle: kept.title }),
    serverTime: instant(context.now()),
  }
}

type Standing = { paper: Paper; kept: PaperRow | undefined }

/** One for each biller of a payment that was paid, in the order of its bills. */
export async function standingPapers(db: Db, payment: PaymentRow, context: Context): Promise<Standing[]> {
  if (payment.paid_at === null) return []
  const { city, language, service } = context
  const bills = await db
    .selectFrom('payment_bills as pb')
    .innerJoin('bills as b', (join) => join.onRef('b.city_id', '=', 'pb.city_id').onRef('b.id', '=', 'pb.bill_id'))
    .select(['b.biller_id', 'pb.kind', 'pb.outcome', 'pb.amount_fen', 'pb.credit_by'])
    .where('pb.city_id', '=', payment.city_id)
    .where('b.city_id', '=', payment.city_id)
    .where('pb.payment_id', '=', payment.id)
    .orderBy('pb.position')
    .execute()
  const rows = await papersOf(db, payment)
  return [...new Set(bills.map(({ biller_id }) => biller_id))].map((billerId) => {
    const own = bills.filter(({ biller_id }) => biller_id === billerId)
    const kept = rows.find(({ biller_id }) => biller_id === billerId)
    const held = own.filter(({ outcome }) => outcome === 'open' || outcome === 'credited')
    const kind = paperKindOf[own[0]?.kind ?? 'electricity']
    const standing = paperStanding({
      isOffered: service.papers?.offers({ cityId: payment.city_id, billerId }) ?? false,
      bills: own,
      kept: kept ?? null,
    })
    const creditBy = own.find(({ outcome }) => outcome === 'open')?.credit_by
    return {
      kept,
      paper: {
        ...{ billerId, billerName: say(billerOf(city, billerId).name, language), kind, ...standing },
        amountFen: held.reduce((sum, { amount_fen }) => sum + amount_fen, 0),
        needsTitle: needsTitle[kind],
        ...(standing.because === 'not-credited' && creditBy ? { expectedBy: instant(creditBy) } : {}),
        ...(kept ? askedBody(kept, standing, context) : {}),
      },
    }
  })
}

/** What is told of one that was asked for; of one that is void, its number. */
function askedBody(kept: PaperRow, { state, because }: Pick<Paper, 'state' | 'because'>, context: Context) {
  if (because === 'withdrawn') return kept.number === null ? {} : { number: kept.number }
  if (state === 'not-offered' || state === 'available') return {}
  return {
    ...(kept.title && { title: kept.title }),
    askedAt: instant(kept.asked_at),
    ...(state === 'issuing' && { expectedBy: instant(secondsAfter(kept.asked_at, ISSUE_SECONDS)) }),
    ...(state === 'failed' && kept.reason && { text: say(kept.reason, context.language) }),
    ...(state === 'issued' && {
      ...(kept.issued_at && { issuedAt: instant(kept.issued_at) }),
      ...(kept.number && { number: kept.number }),
      ...(kept.check_code && { checkCode: kept.check_code }),
      ...(kept.file_url && { fileUrl: kept.file_url }),
    }),
  }
}

/** Its issuer is asked at once, by what happens in a city without anybody asking. */
async function ask(trx: Trx, payment: PaymentKey, { paper, kept }: Standing, title: PaperTitle | null, now: Date) {
  const isSame = paper.because === 'no-answer'
  const row = {
    serial: (kept?.serial ?? 0) + (isSame ? 0 : 1),
    state: 'issuing' as const,
    amount_fen: isSame && kept ? kept.amount_fen : paper.amountFen,
    title: title && JSON.stringify(title),
    asked_at: now,
    look_at: now,
    ...{ because: null, reason: null, issued_at: null, number: null, check_code: null, file_url: null },
  }
  await trx
    .insertInto('papers')
    .values({ city_id: payment.city_id, payment_id: payment.id, biller_id: paper.billerId, ...row })
    .onConflict((conflict) => conflict.columns(['city_id', 'payment_id', 'biller_id']).doUpdateSet(row))
    .execute()
}

/** @throws ProblemError `invalid-fields` */
function titleOf({ kind }: Paper, { title }: PaperRequest, { language }: Context): PaperTitle | null {
  if (!needsTitle[kind]) return null
  const wrong = (field: string, words: Words) =>
    problem('invalid-fields', { fields: [{ field, problem: say(words, language) }] })
  const name = title?.name.trim() ?? ''
  if (title === undefined || name === '') throw wrong('title.name', noName)
  if (title.kind === 'personal') return { kind: 'personal', name }
  const { taxNumber } = title
  if (taxNumber === undefined || !isCreditCode(taxNumber)) throw wrong('title.taxNumber', wrongNumber)
  return { kind: 'company', name, taxNumber }
}

const noName: Words = { zh: '请填写抬头名称', en: 'Enter the name on the invoice' }
const wrongNumber: Words = {
  zh: '统一社会信用代码有误，请核对 18 位字符',
  en: 'The unified social credit code is not valid. Check its 18 characters',
}
