import {
  MOST_IN_A_ROW,
  MOST_REPLIES,
  type ReportEvent,
  type ReportState,
  renewsPromise,
  reportActions,
  reportStates,
} from '../../city/citizens/report-rules'

const states = Object.keys(reportStates) as ReportState[]
const events: ReportEvent[] = ['answer', 'reply', 'close']
const said = (text: string) =>
  [...text].map((who) => ({ by: who === 'o' ? ('office' as const) : ('citizen' as const) }))

test('nothing leaves the state of a closed report, and an answer that crosses the closing is kept', () => {
  expect(reportStates.closed).toEqual({ answer: 'closed' })
  for (const event of events) expect([undefined, 'closed']).toContain(reportStates.closed[event])
})

test('a city owes an answer after each reply, and whatever is open can be answered and closed', () => {
  for (const state of states.filter((each) => each !== 'closed'))
    expect(reportStates[state]).toEqual({ answer: 'answered', reply: 'received', close: 'closed' })
})

test('only a reply to an answer brings a new promise', () => {
  const renewing = states
    .flatMap((state) => events.map((event) => [state, event] as const))
    .filter((each) => renewsPromise(...each))
  expect(renewing).toEqual([['answered', 'reply']])
})

test('a citizen who has said enough waits for the office, and can close at any time', () => {
  expect(reportActions('received', [])).toEqual(['reply', 'close'])
  const full = 'c'.repeat(MOST_IN_A_ROW)
  expect(reportActions('received', said(full.slice(1)))).toEqual(['reply', 'close'])
  expect(reportActions('received', said(full))).toEqual(['close'])
  expect(reportActions('answered', said(`${full}o`))).toEqual(['reply', 'close'])
  expect(reportActions('received', said('oc'.repeat(MOST_REPLIES)))).toEqual(['close'])
  expect(reportActions('closed', said('o'))).toEqual([])
})
