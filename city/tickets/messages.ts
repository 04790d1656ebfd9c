import type { Selectable, Transaction } from 'kysely'
import type { MessageKind, Tables } from '../database/tables'
import { writeMessage } from '../messages/outbox'
import { addDays, momentOf, secondsAfter, type Words } from '../words'
import { queues } from './line'
import { numberText } from './rules'
import type { LineRow, TicketRow } from './tables'

type Trx = Transaction<Tables>
type Hall = Pick<Selectable<Tables['halls']>, 'name'>

/** So many before somebody are few enough to set out. */
const NEAR = 3
/** A call is over by then, whether somebody came or not. */
const CALL_SECONDS = 30 * 60

/** Tells the ticket's citizen, who let their host show messages about it. */
async function tell(
  trx: Trx,
  ticket: Pick<TicketRow, 'id' | 'city_id' | 'citizen_id' | 'messages'>,
  message: { kind: MessageKind; which?: string; title: Words; text: Words; until: Date },
  now: Date,
): Promise<void> {
  const { id, city_id: cityId, citizen_id: citizenId } = ticket
  if (citizenId === null || !ticket.messages) return
  await writeMessage(trx, { cityId, citizenId, about: { kind: 'ticket', id }, sendAt: now, ...message }, now)
}

/** Those who have come near are told, each once. The line is locked. */
export async function tellOfNear(trx: Trx, hall: Hall, line: LineRow, now: Date): Promise<void> {
  const { city_id: cityId, hall_id, day, calls } = line
  const waiting = (await queues(trx, cityId, day, [{ hall_id, calls }])).get(hall_id) ?? []
  for (const [ahead, ticket] of waiting.slice(0, NEAR + 1).entries()) {
    if (ticket.near_told || ticket.citizen_id === null || ticket.state !== 'waiting') continue
    await trx
      .updateTable('tickets')
      .set({ near_told: true })
      .where('city_id', '=', cityId)
      .where('id', '=', ticket.id)
      .execute()
    const number = numberText(ticket.number)
    const message = {
      kind: 'ticket-near' as const,
      title: { zh: '快叫到您了', en: 'Your turn is near' },
      text: {
        zh: `${number} 前面还有 ${ahead} 位，请到${hall.name.zh}等候。`,
        en: `${ahead} before ${number}. Please be at ${hall.name.en}.`,
      },
      until: secondsAfter(now, CALL_SECONDS),
    }
    await tell(trx, { ...ticket, city_id: cityId }, message, now)
  }
}

export const tellOfCall = (trx: Trx, hall: Hall, ticket: TicketRow, counter: number, now: Date): Promise<void> =>
  tell(
    trx,
    ticket,
    {
      kind: 'ticket-called',
      which: String(ticket.times_passed),
      title: { zh: '叫到您了', en: 'It is your turn' },
      text: {
        zh: `${numberText(ticket.number)} 请到${hall.name.zh} ${counter} 号窗口。`,
        en: `${numberText(ticket.number)}: please go to counter ${counter}, ${hall.name.en}.`,
      },
      until: secondsAfter(now, CALL_SECONDS),
    },
    now,
  )

/** Nobody came to the counter: `after` others are called, then this one again; null when the number is void. */
export const tellOfPassing = (trx: Trx, ticket: TicketRow, after: number | null, now: Date): Promise<void> =>
  tell(
    trx,
    ticket,
    {
      kind: 'ticket-passed',
      which: String(ticket.times_passed),
      title:
        after === null ? { zh: '您的号码已作废', en: 'Your number is void' } : { zh: '已过号', en: 'You were called' },
      text:
        after === null
          ? {
              zh: `${numberText(ticket.number)} 过号未到，已作废。仍要办理，请重新取号。`,
              en: `${numberText(ticket.number)} was called and nobody came. Take a new number to be served.`,
            }
          : {
              zh: `${numberText(ticket.number)} 已过号，再叫 ${after} 位后会再叫您一次。`,
              en: `${numberText(ticket.number)} was called. It is called once more after ${after} others.`,
            },
      until: momentOf(addDays(ticket.day, 1)),
    },
    now,
  )

export const tellOfEnd = (trx: Trx, hall: Hall, ticket: TicketRow, reason: Words, now: Date): Promise<void> =>
  tell(
    trx,
    ticket,
    {
      kind: 'ticket-ended',
      title: { zh: '大厅今天提前结束叫号', en: 'The hall has ended today’s queue' },
      text: {
        zh: `${hall.name.zh}：${reason.zh}。${numberText(ticket.number)} 不再叫号，请改天再来或预约。`,
        en: `${hall.name.en}: ${reason.en}. ${numberText(ticket.number)} will not be called. Come another day, or book a visit.`,
      },
      until: secondsAfter(now, 12 * 3600),
    },
    now,
  )
