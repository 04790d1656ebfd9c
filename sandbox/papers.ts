import type { FastifyInstance } from 'fastify'
import type { Database } from '../city/database/database'
import { problem } from '../city/http/problem'
import { newId, sha256 } from '../city/ids'
import type { IssueRequest, PaperAnswer, Papers } from '../city/ports'
import { secondsAfter } from '../city/words'
import type { SandboxClock } from './clock'
import type { Faults } from './faults'
import { cities } from './seed/cities'
import { own } from './tables'
import type { World } from './world'

/** How long it takes for a paper. */
const ISSUE_SECONDS = 5

type Around = { database: Database; clock: SandboxClock; faults: Faults; address(): string }

/** The platforms of the tax office and of the treasury, simulated: each paper once for its reference, with an end of every kind. */
export function createPapers({ database, clock, faults, address }: Around): Papers {
  const books = () => own(database.db)
  const rowOf = ({ cityId, reference }: IssueRequest) =>
    books()
      .selectFrom('book_papers')
      .selectAll()
      .where('city_id', '=', cityId)
      .where('reference', '=', reference)
      .executeTakeFirst()

  const insert = (paper: IssueRequest, state: 'issuing' | 'void') =>
    books()
      .insertInto('book_papers')
      .values({
        ...{ city_id: paper.cityId, reference: paper.reference, biller_id: paper.billerId, state },
        ...{ amount_fen: paper.amountFen, title: JSON.stringify(paper.title ?? null), asked_at: clock.now() },
        ...{ number: numberOf(paper), file: newId('file') },
      })
      .onConflict((conflict) =>
        conflict
          .columns(['city_id', 'reference'])
          .doUpdateSet(state === 'void' ? { state } : { biller_id: paper.billerId }),
      )
      .execute()

  return {
    offers: ({ cityId, billerId }) => cities.find(({ id }) => id === cityId)?.noPapers?.includes(billerId) !== true,
    async issue(paper): Promise<PaperAnswer> {
      const place = { cityId: paper.cityId }
      if (faults.isOn('ebill-silent', place)) throw new Error('the issuer is not responding')
      const known = await rowOf(paper)
      if (known === undefined) {
        if (await faults.take('ebill-title-refused', place))
          return { state: 'refused', isTitle: true, reason: noSuchTitle }
        if (await faults.take('ebill-failed', place)) return { state: 'refused', isTitle: false, reason: notNow }
        await insert(paper, 'issuing')
        return { state: 'open' }
      }
      if (known.state === 'void') return { state: 'refused', isTitle: false, reason: isVoid }
      if (faults.isOn('ebill-slow', place) || clock.now() < secondsAfter(known.asked_at, ISSUE_SECONDS))
        return { state: 'open' }
      return {
        state: 'issued',
        number: known.number,
        checkCode: sha256(`${paper.billerId}/${paper.amountFen}`).slice(0, 6).toUpperCase(),
        fileUrl: `${address()}/papers/${known.file}.pdf`,
      }
    },
    async withdraw(paper) {
      if (faults.isOn('ebill-silent', { cityId: paper.cityId })) throw new Error('the issuer is not responding')
      await insert(paper, 'void')
    },
  }
}

const noSuchTitle = {
  zh: '税务登记中没有这个抬头，请核对名称和统一社会信用代码。',
  en: 'No such company is registered for tax. Check the name and the unified social credit code.',
}
const notNow = { zh: '开票平台处理失败，请稍后再试。', en: 'The issuing platform failed. Please try again later.' }
const isVoid = { zh: '这一张已作废。', en: 'This paper is void.' }

const numberOf = ({ cityId, reference }: IssueRequest): string =>
  `26${cityId.slice(0, 2)}${(BigInt(`0x${sha256(reference).slice(0, 16)}`) % 10n ** 16n).toString().padStart(16, '0')}`

/** The files, each at an address that only those know who were told it. */
export function addPapers(app: FastifyInstance, world: World): void {
  app.get<{ Params: { file: string } }>('/papers/:file', async ({ params }, reply) => {
    const row = await own(world.database.db)
      .selectFrom('book_papers')
      .selectAll()
      .where('file', '=', params.file.replace(/\.pdf$/, ''))
      .executeTakeFirst()
    if (row === undefined) throw problem('not-found')
    const lines = ['SIMULATED - NOT A REAL INVOICE', `No. ${row.number}`, `Amount in fen: ${row.amount_fen}`]
    if (row.state === 'void') lines.push('VOID')
    return reply.type('application/pdf').send(pdfOf(lines))
  })
}

/** The smallest PDF with these lines. */
function pdfOf(lines: readonly string[]): Buffer {
  const text = lines.map((line, at) => `BT /F1 18 Tf 60 ${760 - at * 30} Td (${line}) Tj ET`).join('\n')
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 5 0 R >> >> /Contents 4 0 R >>',
    `<< /Length ${text.length} >>\nstream\n${text}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ]
  let file = '%PDF-1.4\n'
  const offsets = objects.map((object, at) => {
    const offset = file.length
    file += `${at + 1} 0 obj\n${object}\nendobj\n`
    return offset
  })
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  const count = objects.length + 1
  const trailer = `trailer\n<< /Size ${count} /Root 1 0 R >>\nstartxref\n${file.length}\n%%EOF\n`
  return Buffer.from(`${file}xref\n0 ${count}\n0000000000 65535 f \n${table}${trailer}`, 'latin1')
}
