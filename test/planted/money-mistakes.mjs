// Mistakes about money that somebody could make, as edits of the source, each with the tests that must notice it.
// A test is a file and a part of its name; `model` is the random sequences, `types` the compiler.

const money = (name) => ({ files: ['test/failures/money.test.ts'], name })
const later = (name) => ({ files: ['test/failures/money-later.test.ts'], name })
const model = (lane) => ({
  files: ['test/model/payments.test.ts'],
  env: { SEQUENCES: '100', SHRINK: 'no', SEED: '20261124', LANE: String(lane) },
})

const answers = 'src/platform/cashier-results.ts'
const payment = 'src/domain/payment.ts'
const paying = 'src/pages/paying/parts/create-paying.ts'
const reconciler = 'src/stores/create-reconciler.ts'
const advancing = 'sandbox/payments/advance.ts'
const creating = 'sandbox/payments/create.ts'
const crediting = 'sandbox/payments/credit.ts'
const refunding = 'sandbox/payments/refund.ts'

export const mistakes = [
  {
    name: 'Alipay’s 8000 counts as failed',
    edits: [[answers, `'8000': 'unknown',`, `'8000': 'declined',`]],
    killer: money('M2 in alipay: after "8000"'),
  },
  {
    name: 'Alipay’s 6004 counts as failed',
    edits: [[answers, `'6004': 'unknown',`, `'6004': 'declined',`]],
    killer: money('M2 in alipay: after "6004"'),
  },
  {
    name: 'Alipay’s 6002 counts as failed',
    edits: [[answers, `'6002': 'unknown',`, `'6002': 'declined',`]],
    killer: money('M2 in alipay: after "6002"'),
  },
  {
    name: 'Alipay’s 99 counts as left',
    edits: [[answers, `'99': 'unknown',`, `'99': 'cancelled',`]],
    killer: money('M2 in alipay: after "99"'),
  },
  {
    name: 'a word that no table has counts as failed',
    edits: [[answers, `table[key]) || 'unknown'`, `table[key]) || 'declined'`]],
    killer: money('M2 in wechat: after "a detail"'),
  },
  {
    name: 'the phone believes "done"',
    edits: [
      [
        payment,
        `return outcome === 'accepted' || outcome === 'unknown' ? 'unknown' : 'cashier-open'`,
        `return outcome === 'accepted' ? 'paid' : outcome === 'unknown' ? 'unknown' : 'cashier-open'`,
      ],
    ],
    killer: money('M2 in wechat: "done" that could not'),
  },
  {
    name: 'the city believes "done"',
    edits: [
      [
        advancing,
        `if (hint.outcome !== 'cancelled') return change(trx, now, { state: 'unknown' })`,
        `if (hint.outcome === 'accepted') return markPaid(world, trx, now, world.clock.now())\n    if (hint.outcome !== 'cancelled') return change(trx, now, { state: 'unknown' })`,
      ],
    ],
    killer: model(0),
  },
  {
    name: 'the city believes "not paid" right after an unclear answer',
    edits: [
      [
        advancing,
        'const doubt = hintAt !== null && world.clock.now() < secondsAfter(hintAt, DOUBT_SECONDS)',
        'const doubt = hintAt === undefined',
      ],
    ],
    killer: money('M2 in wechat: after "a detail"'),
  },
  {
    name: 'while nobody knows, paying again is offered',
    edits: [
      [
        payment,
        `unknown: { ...MOVING, actions: ['check', 'report'], tone: 'waiting' }`,
        `unknown: { ...MOVING, actions: ['check', 'pay-again', 'report'], tone: 'waiting' }`,
      ],
    ],
    killer: model(0),
  },
  {
    name: 'while it is closing, its cashier is offered',
    edits: [
      [
        payment,
        `closing: { ...MOVING, actions: ['check', 'report'], tone: 'waiting' }`,
        `closing: { ...MOVING, actions: ['continue-cashier', 'check'], tone: 'waiting' }`,
      ],
    ],
    killer: money('M6: paying and closing cross'),
  },
  {
    name: 'an unknown result is not asked about again',
    edits: [[payment, `unknown: { ...MOVING`, `unknown: { ...ENDED`]],
    killer: money('M2: with "unknown-result" on'),
  },
  {
    name: 'an eventual read may declare success',
    edits: [[payment, 'declaresSuccess = (payment: Strong<Payment>)', 'declaresSuccess = (payment: Payment)']],
    killer: 'types',
  },
  {
    name: 'an older read replaces a newer one',
    edits: [
      [
        payment,
        'const newer = incoming.version > current.version && canFollow(current.state, incoming.state)',
        'const newer = true',
      ],
    ],
    killer: later('M10: a response that comes late'),
  },
  {
    name: 'a retry gets a new key',
    edits: [[paying, 'intentToResume(journal().intents, draft) ?? {', '{']],
    killer: money('M1 in wechat: after lost responses'),
  },
  {
    name: 'no answer to the order counts as a refusal',
    edits: [[paying, `problem.kind === 'refused' ||`, `problem.kind === 'offline' || problem.kind === 'refused' ||`]],
    killer: money('M1 in wechat: after lost responses'),
  },
  {
    name: 'a live payment for something else is paid unasked',
    edits: [[paying, 'if (cashier !== null && isPaymentOf(payment, draft))', 'if (cashier !== null)']],
    killer: { files: ['test/pages/paying/checkout-basket.test.tsx'], name: 'M1: another payment', project: 'pages' },
  },
  {
    name: 'the journal is written after the cashier',
    edits: [
      [
        paying,
        `    note(intent, { paymentId: payment.id, state: undefined, cashier: 'none' })\n    const cashierResult = await platform.pay(invocation)`,
        `    const cashierResult = await platform.pay(invocation)\n    note(intent, { paymentId: payment.id, state: undefined, cashier: 'none' })`,
      ],
    ],
    killer: money('M4 in wechat'),
  },
  {
    name: 'what the cashier said is forgotten when the city can not be told',
    edits: [[paying, `note(intent, { state: undefined, cashier: cashierResult.outcome })`, '']],
    killer: money('M2 in wechat: a result that could not be reported'),
  },
  {
    name: 'an open intent is dropped at the first 404',
    edits: [[reconciler, 'if (isUnknown && !mayStillArrive(intent, now))', 'if (isUnknown)']],
    killer: money('M4: an intent that the city does not know yet'),
  },
  {
    name: 'no answer about an open intent counts as "never arrived"',
    edits: [[reconciler, `paymentId === undefined && isRefusal(error, 'not-found')`, 'paymentId === undefined']],
    killer: money('M4: an intent that the city does not know yet'),
  },
  {
    name: 'two payments for one bill',
    edits: [
      [creating, `if (mine) return { payment: mine, isNew: false }`, ''],
      [creating, `if (live.length > 0) throw problem`, `if (live.length > 99) throw problem`],
      ['sandbox/schema.sql', 'create unique index one_live_payment', 'create index one_live_payment'],
    ],
    killer: money('M1 in wechat: two taps'),
  },
  {
    name: 'the version of a bill is not looked at',
    edits: [
      [creating, 'if (bills.some((bill) => bill.version !== wishOf(body, bill.id)?.version)) throw changedBills()', ''],
    ],
    killer: later('M7: a part of a bill'),
  },
  {
    name: 'nobody asks about a bill that was paid just now',
    edits: [[creating, 'if (recent && !body.acknowledgeRecent)', 'if (recent && body.acknowledgeRecent)']],
    killer: later('M8: a bill that anybody paid'),
  },
  {
    name: 'late news takes a payment back',
    edits: [
      [
        advancing,
        `return isWaiting(payment) ? change(trx, payment, { state: 'unknown' }) : payment`,
        `return payment.state !== 'unknown' ? change(trx, payment, { state: 'unknown' }) : payment`,
      ],
      [
        advancing,
        `if (!isOpen(payment)) return payment\n  if (news.state === 'CLOSED')`,
        `if (news.state === 'CLOSED')`,
      ],
    ],
    killer: later('M10: with "notification-late"'),
  },
  {
    name: 'closing wins over paying',
    edits: [
      [
        advancing,
        `if (news.state === 'USERPAYING') {\n    return payment.state === 'closing' ? payment : change(trx, payment, { state: 'closing' })\n  }`,
        `if (news.state === 'USERPAYING') {\n    await endLife(trx, payment.id)\n    return change(trx, payment, { state: 'closed' })\n  }`,
      ],
    ],
    killer: money('M6: paying and closing cross'),
  },
  {
    name: 'a failed order is not closed at the vendor first',
    edits: [
      [
        advancing,
        'const closed = await world.vendors.close(trx, now.reference)',
        `const closed = { state: 'CLOSED' as const, reference: now.reference, paidAt: null }`,
      ],
    ],
    killer: model(0),
  },
  {
    name: 'money that arrives after the end is kept',
    edits: [[advancing, 'return ended\n      ?', 'return ended && !ended\n      ?']],
    killer: money('M6: money that comes after the closing'),
  },
  {
    name: 'a payment is credited again with every look',
    edits: [
      [crediting, `const due = payment.state === 'paid' &&`, `const due = payment.state !== 'refunding' &&`],
      [crediting, `if (payment.state !== 'paid') return payment`, ''],
    ],
    killer: later('M10: with "notification-repeated"'),
  },
  {
    name: 'a refused bill takes the whole basket along',
    edits: [[crediting, '(refusesLast && at === items.length - 1)', 'refusesLast']],
    killer: later('M9'),
  },
  {
    name: 'a refused bill counts as credited',
    edits: [
      [
        crediting,
        `refused === 0 ? { state: 'credited', credited_at: now }`,
        `refused < 99 ? { state: 'credited', credited_at: now }`,
      ],
    ],
    killer: later('M9'),
  },
  {
    name: 'a refund counts twice',
    edits: [
      [
        refunding,
        'refunded_fen: current.refunded_fen + refund.amount_fen',
        'refunded_fen: current.refunded_fen + 2 * refund.amount_fen',
      ],
    ],
    killer: later('M9'),
  },
  {
    name: 'the fee is not booked',
    edits: [
      [
        crediting,
        `else await book(trx, { payment_id: payment.id, kind: 'fee'`,
        `else if (refused > 99) await book(trx, { payment_id: payment.id, kind: 'fee'`,
      ],
    ],
    killer: model(1),
  },
  {
    name: 'the fee stays when nothing was credited',
    edits: [
      [
        crediting,
        'if (refused === items.length) await startFeeRefund(world, trx, payment, notCredited)\n  else',
        'if (refused >= 0)',
      ],
    ],
    killer: { files: ['test/sandbox/money-parts.test.ts'], name: 'the fee of a biller' },
  },
]
