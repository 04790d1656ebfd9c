import type { Report, ReportAction, ReportEntry } from '../../contract/wire/types.gen'

export type ReportState = Report['state']
export type ReportEvent = 'answer' | ReportAction

/** What each state takes, and what it becomes then. An answer that crosses the closing is kept: somebody wrote it. */
export const reportStates: Readonly<Record<ReportState, Partial<Readonly<Record<ReportEvent, ReportState>>>>> = {
  received: { answer: 'answered', reply: 'received', close: 'closed' },
  answered: { answer: 'answered', reply: 'received', close: 'closed' },
  closed: { answer: 'closed' },
}

/** Without an answer between them: then it is the office's turn. */
export const MOST_IN_A_ROW = 3
export const MOST_REPLIES = 20

type Entries = readonly Pick<ReportEntry, 'by'>[]

/** Whether the citizen may say more: an office reads all of it. `entries`: the oldest first. */
const hasRoom = (entries: Entries): boolean => {
  const sinceAnswer = entries.length - 1 - entries.map(({ by }) => by).lastIndexOf('office')
  return sinceAnswer < MOST_IN_A_ROW && entries.filter(({ by }) => by === 'citizen').length < MOST_REPLIES
}

/** What the citizen can do with a report now. */
export const reportActions = (state: ReportState, entries: Entries): ReportAction[] =>
  (['reply', 'close'] as const).filter(
    (action) => reportStates[state][action] !== undefined && (action !== 'reply' || hasRoom(entries)),
  )

/** Only an answered report gets a new promise: what is added before the answer does not put it off. */
export const renewsPromise = (state: ReportState, event: ReportEvent): boolean =>
  event === 'reply' && state === 'answered'
