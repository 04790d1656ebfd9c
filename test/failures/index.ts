/** What may go wrong for a citizen, a row each, and the one file of tests where it is at home. Others may touch on it as well. */
export type Row = { readonly what: string } & ({ readonly home: string } | { readonly later: string })

const city = 'a city backend that can run as it is, beside the sandbox'
const vendors = 'adapters for the payment gateways of WeChat and Alipay'
const erasure = 'erasing and copying what is kept of a citizen'

export const rows: Readonly<Record<string, Row>> = {
  M1: { what: 'a second tap, device or person pays the same bill: there is one payment', home: 'failures/money' },
  M2: { what: 'the cashier does not know: it is being checked, and nothing offers to pay', home: 'failures/money' },
  M3: { what: 'the cashier says cancelled though money moved: the city is read first', home: 'pages/paying/payment' },
  M4: { what: 'the app is killed in the cashier: the next launch finishes the story', home: 'failures/money' },
  M5: { what: 'paid, and not yet credited: two clocks, and a report past the promise', home: 'failures/money' },
  M6: { what: 'paying and giving up cross: the city decides', home: 'failures/money' },
  M7: { what: 'the amount changed on the way: both are shown with a question', home: 'failures/money-later' },
  M8: { what: "a stranger's bill, or one just paid: named and warned of", home: 'failures/money-later' },
  M9: { what: 'of several bills one is not credited: each has its own outcome', home: 'failures/money-later' },
  M10: { what: 'notifications come twice or in another order: no state goes back', home: 'failures/money-later' },
  M11: { what: 'a refund is late, fails or is a part: its steps and whom to call', home: 'failures/money-later' },
  M12: { what: 'the biller cannot be reached: never "nothing due"', home: 'failures/money-later' },
  M13: { what: 'the vendor is still deciding: the payment is unknown for the city too', home: 'journeys/cashier' },
  M14: { what: 'a cashier for something else than was shown: it is not opened', home: 'failures/money-later' },
  M15: { what: 'a well-signed notification with wrong news: only the vendor’s answer moves money', later: vendors },
  M16: { what: 'somebody else begins my payment and leaves: theirs gives way', home: 'city/gives-way' },
  M17: { what: "somebody else's bill was paid: a tracked recall", later: city },
  M18: { what: 'sums that do not add up: not shown as fact', home: 'failures/money-later' },
  M19: { what: 'many payments are stuck: they delay nobody else', home: 'city/due' },

  S1: { what: 'two take the last place: one has it, the other is offered the nearest', home: 'failures/slots' },
  S2: { what: 'a hold runs out while typing: one tap takes it again, input is kept', home: 'failures/slots' },
  S3: { what: 'the answer to a confirmation is lost: it is found by its key', home: 'failures/slots' },
  S4: { what: 'moving a visit fails: the old time stands', home: 'failures/slots' },
  S5: { what: 'a day shown free is full: it explains itself and offers the next', home: 'failures/slots' },
  S6: { what: 'cancelling late and missing: rules and count are shown before', home: 'failures/slots' },
  S7: { what: 'each end of a visit has a text of its own', home: 'failures/slots' },
  S8: { what: 'no network in the hall: code, address and list are there with their age', home: 'failures/slots' },
  S9: { what: 'the figure of the queue is old: shown with its age, or not at all', home: 'failures/slots' },
  S10: { what: 'one person at two halls at one time: refused, or a question', home: 'sandbox/booking-overlap' },
  S11: {
    what: 'fifty wait for a full day, one for a day with a place: that one is offered it',
    home: 'sandbox/booking-waitlist',
  },
  S12: { what: 'a Saturday worked for a holiday: halls can say that they are open', home: 'journeys/calendar' },
  S13: {
    what: 'a page does not arrive, or a response comes too late: shown, nothing opened',
    home: 'journeys/leaving',
  },
  S14: {
    what: 'a late cancellation as a move, a place held again and again: they count',
    home: 'sandbox/booking-fairness',
  },
  S15: { what: 'an empty list without a fresh response: never "none"', home: 'journeys/reading' },

  N1: { what: 'a session ends in the middle: one silent sign-in, no form lost', home: 'services/sessions' },
  N2: { what: 'a weak network: few retries, of what may be repeated only', home: 'services/retry' },
  N3: { what: 'a busy city: its time is obeyed', home: 'services/retry' },
  N4: { what: 'broken answers: a typed fault, nothing wrong shown', home: 'services/answers' },
  N5: { what: "a wrong clock: deadlines are the server's", home: 'services/clocks' },
  N6: { what: 'another city: a mismatch raises a question', home: 'journeys/links' },
  N7: { what: 'a permission is refused: each thing has a way without it', home: 'platform/host-answers' },
  N8: { what: 'links and stored data that were tampered with: checked, and led home', home: 'journeys/links' },
  N9: {
    what: 'a city in maintenance: shown, with its telephone; reading goes on',
    home: 'sandbox/booking-maintenance',
  },
  N10: { what: 'storage is full or wiped: the journal comes first', home: 'journeys/storage' },
  N11: { what: 'a city is a version ahead: one thing is passed over, the rest works', home: 'journeys/growing' },
  N12: { what: 'stored data of a newer program: left alone', home: 'stores/persisted' },
  N13: { what: 'a list changes between two of its pages: nothing missed, nothing twice', home: 'failures/lists' },
  N14: { what: 'what people type, paste and scan: one normaliser, refusals by name', home: 'domain/typed' },
  N15: { what: 'numbers tried in sequence: few matches, growing pauses', home: 'city/billing/strangers' },
  N16: { what: '"come back in three years": believed for two minutes', home: 'services/retry' },
  N17: { what: 'clearing the phone: all is gone but open payments', home: 'journeys/refusals' },
  N18: { what: 'an old app: the new one is offered, never in a payment', home: 'journeys/entry' },
  N19: { what: 'a code, a link, a message: the same page', home: 'journeys/entry' },
  N20: { what: 'consent is withdrawn: what is kept is erased or copied', later: erasure },

  C1: { what: 'a restart, an update, a second instance: no data is lost', home: 'city/kept' },
  C2: { what: 'an instance or the database dies in the middle: nothing half done', home: 'storms/storm' },
  C3: { what: 'a locked row, a full pool: others go on', home: 'city/due' },
  C4: { what: 'a hundred times the data: calls cost the same', home: 'city/plans' },
  C5: { what: 'serialisation failures: no invariant broken', home: 'storms/lies' },
  C6: { what: 'keys, ids and codes: random or from outside', later: city },
}
