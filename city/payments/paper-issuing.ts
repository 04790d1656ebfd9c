import type { Updateable } from 'kysely'
import { answerOf } from '../billing/ask'
import type { CoreTables } from '../database/tables'
import type { PaperAnswer } from '../ports'
import { noteFailure, type Service } from '../service'
import { secondsAfter } from '../words'
import type { PaperRow } from './paper-rows'
import { paperKindOf } from './paper-rules'

/** How many an instance takes at once, and after how long another may have those that it did not finish. */
const BATCH = 50
const LEASE_SECONDS = 60
/** The issuer is asked soon, then with pauses that grow with its age. */
const FIRST_SECONDS = 5
const LONGEST_PAUSE_SECONDS = 3600
/** After so long without an answer it counts as failed; a citizen who asks again has the issuer asked again. */
const GIVE_UP_SECONDS = 3 * 86_400

/** Asks issuers for papers that were asked for, and to void those whose money went back, each on its own. Instances share the work. */
export async function sweepPapers(service: Service, signal?: AbortSignal): Promise<void> {
  for (let taken = BATCH; taken === BATCH && !signal?.aborted; ) {
    const papers = await take(service)
    taken = papers.length
    for (const paper of papers) {
      if (signal?.aborted) return
      const work = paper.state === 'withdrawing' ? withdraw : issue
      await work(service, paper).catch((error: unknown) =>
        noteFailure(service, 'papers', error, { payment: paper.payment_id }),
      )
    }
  }
}

async function issue(service: Service, paper: PaperRow): Promise<void> {
  const about = await aboutOf(service, paper)
  const answer =
    about &&
    service.papers &&
    (await answerOf(service.papers.issue({ ...about, ...(paper.title && { title: paper.title }) })))
  const now = service.clock.now()
  if (answer && answer.value.state !== 'open') return settle(service, paper, decided(answer.value, now))
  if (now.getTime() - paper.asked_at.getTime() >= GIVE_UP_SECONDS * 1000)
    return settle(service, paper, { state: 'failed', because: 'no-answer', look_at: null })
  await settle(service, paper, { look_at: nextLook(paper, now) })
}

function decided(answer: Exclude<PaperAnswer, { state: 'open' }>, now: Date): Updateable<CoreTables['papers']> {
  if (answer.state === 'refused')
    return {
      ...{ state: 'failed', look_at: null, reason: JSON.stringify(answer.reason) },
      because: answer.isTitle ? 'title-refused' : 'not-issued',
    }
  const { number, checkCode, fileUrl } = answer
  return {
    ...{ state: 'issued', look_at: null, issued_at: now, number },
    ...{ check_code: checkCode ?? null, file_url: fileUrl ?? null },
  }
}

async function withdraw(service: Service, paper: PaperRow): Promise<void> {
  const about = await aboutOf(service, paper)
  const done = about && service.papers && (await answerOf(service.papers.withdraw(about)))
  const now = service.clock.now()
  await settle(service, paper, done ? { state: 'withdrawn', look_at: null } : { look_at: nextLook(paper, now) })
}

/** Only of the paper as it was taken: money that went back meanwhile has made another of it. */
async function settle({ database }: Service, paper: PaperRow, values: Updateable<CoreTables['papers']>): Promise<void> {
  await database.db
    .updateTable('papers')
    .set(values)
    .where('city_id', '=', paper.city_id)
    .where('payment_id', '=', paper.payment_id)
    .where('biller_id', '=', paper.biller_id)
    .where('serial', '=', paper.serial)
    .where('state', '=', paper.state)
    .execute()
}

function nextLook({ asked_at: askedAt }: PaperRow, now: Date): Date {
  const age = (now.getTime() - askedAt.getTime()) / 1000
  return secondsAfter(now, Math.min(Math.max(age / 4, FIRST_SECONDS), LONGEST_PAUSE_SECONDS))
}

async function aboutOf({ database }: Service, paper: PaperRow) {
  const { city_id: cityId, payment_id: paymentId, biller_id: billerId, serial, amount_fen: amountFen } = paper
  const bill = await database.db
    .selectFrom('payments as p')
    .innerJoin('payment_bills as pb', (join) =>
      join.onRef('pb.city_id', '=', 'p.city_id').onRef('pb.payment_id', '=', 'p.id'),
    )
    .innerJoin('bills as b', (join) => join.onRef('b.city_id', '=', 'pb.city_id').onRef('b.id', '=', 'pb.bill_id'))
    .select(['p.reference', 'b.kind', 'b.number'])
    .where('p.city_id', '=', cityId)
    .where('pb.city_id', '=', cityId)
    .where('b.city_id', '=', cityId)
    .where('p.id', '=', paymentId)
    .where('b.biller_id', '=', billerId)
    .executeTakeFirst()
  if (bill === undefined) return null
  const reference = `${bill.reference}-${billerId}-${serial}`
  return { cityId, billerId, reference, kind: paperKindOf[bill.kind], number: bill.number, amountFen }
}

const take = ({ database, clock }: Service): Promise<PaperRow[]> =>
  database.db
    .updateTable('papers')
    .set({ look_at: secondsAfter(clock.now(), LEASE_SECONDS) })
    .where((eb) =>
      eb(
        eb.refTuple('city_id', 'payment_id', 'biller_id'),
        'in',
        eb
          .selectFrom('papers')
          .select(['city_id', 'payment_id', 'biller_id'])
          .where('look_at', '<=', clock.now())
          .orderBy('look_at')
          .limit(BATCH)
          .forUpdate()
          .skipLocked()
          .$asTuple('city_id', 'payment_id', 'biller_id'),
      ),
    )
    .returningAll()
    .execute()
