// Mistakes that somebody could make and no mutator invents: several edits, another order, a lost lock, a type. Each has the tests
// that must notice it. Small changes to single decisions are Stryker's: scripts/mutation.mjs.
// A test is a file and a part of its name; `model` is the random sequences, `types` the compiler.

const money = (name) => ({ files: ['test/failures/money.test.ts'], name })
const later = (name) => ({ files: ['test/failures/money-later.test.ts'], name })
const slots = (name) => ({ files: ['test/failures/slots.test.ts'], name })
const appointments = (name) => ({ files: ['test/sandbox/booking-visit.test.ts'], name })
const model = (lane) => ({
  files: ['test/model/payments.test.ts'],
  env: { SEQUENCES: '100', SHRINK: 'no', SEED: '20261124', LANE: String(lane) },
})

const payment = 'src/domain/payment.ts'
const paying = 'src/pages/paying/parts/create-paying.ts'
const advancing = 'city/payments/advance.ts'
const creating = 'city/payments/create.ts'
const crediting = 'city/payments/credit.ts'
const holds = 'city/booking/holds.ts'
const swap = 'city/booking/swap.ts'
const locks = 'city/booking/locks.ts'

export const mistakes = [
  {
    name: 'the city believes "done"',
    edits: [
      [
        advancing,
        `  const isClear = hint.outcome === 'cancelled' || hint.outcome === 'failed'`,
        `  if (hint.outcome === 'accepted') return markPaid(service, trx, payment, service.clock.now())\n  const isClear = hint.outcome === 'cancelled' || hint.outcome === 'failed'`,
      ],
    ],
    killer: model(0),
  },
  {
    name: 'an eventual read may declare success',
    edits: [[payment, 'declaresSuccess = (payment: Strong<Payment>)', 'declaresSuccess = (payment: Payment)']],
    killer: 'types',
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
    name: 'two payments for one bill',
    edits: [
      [creating, `if (mine) return { payment: mine, isNew: false }`, ''],
      [creating, `if (live.length > 0) throw problem`, `if (live.length > 99) throw problem`],
      [
        'city/database/migrations/001-city.sql',
        'create unique index one_live_payment',
        'create index one_live_payment',
      ],
    ],
    killer: money('M1 in wechat: two taps'),
  },
  {
    name: 'closing wins over paying',
    edits: [
      [
        advancing,
        `return answered(trx, payment, news)`,
        `await endLife(trx, payment)\n    return change(trx, payment, { state: 'closed' })`,
      ],
    ],
    killer: money('M6: paying and closing cross'),
  },
  {
    name: 'a payment is credited again with every look',
    edits: [
      [crediting, `const due = payment.state === 'paid' &&`, `const due = payment.state !== 'refunding' &&`],
      [crediting, `  if (payment.state !== 'paid') return payment\n  const { db }`, '  const { db }'],
      [crediting, `  if (payment.state !== 'paid') return payment\n  const now`, '  const now'],
      [
        crediting,
        `(await billsOfPayment(db, payment)).filter(({ outcome }) => outcome === 'open')`,
        'await billsOfPayment(db, payment)',
      ],
      [
        crediting,
        '    reference: payment.reference,\n    paidAt',
        '    reference: payment.reference + payment.version,\n    paidAt',
      ],
      [crediting, `    if (item.outcome !== 'open') {`, `    if (item.outcome === 'refunded') {`],
    ],
    killer: later('M10: with "notification-repeated"'),
  },
  {
    name: 'read, then write: the last place is looked at without a lock',
    edits: [
      [
        'city/database/migrations/002-booking.sql',
        `  constraint never_double_booked check (taken <= capacity),
`,
        ``,
      ],
      [
        holds,
        `    .where((where) => where(where('taken', '+', persons), '<=', where.ref('capacity')))
`,
        ``,
      ],
    ],
    killer: { files: ['test/races/hold-race.test.ts'], env: { RACERS: '200' } },
  },
  {
    name: 'delete the hold before the check: the place held before is gone when the new one is full',
    edits: [
      [
        holds,
        `  const note = { released: false }
`,
        `  await context.database.transaction(async (trx) => {
    const mine = await trx.selectFrom('holds').selectAll().where('citizen_id', '=', context.citizenId)
      .where('state', '=', 'held').where('offered', '=', false).executeTakeFirst()
    if (mine) await lockSlots(trx, placesOf(mine), new Date(0))
    if (mine) await releaseLocked(trx, mine, context.now())
  })
  const note = { released: false }
`,
      ],
    ],
    killer: appointments('a full slot leaves the old one alone'),
  },
  {
    name: 'the swap gives back the old place first, in a step of its own',
    edits: [
      [
        swap,
        `    await givePlacesBack(trx, visit.city_id, visit)
`,
        ``,
      ],
      [
        swap,
        `  const answer = await swap(call, context)
`,
        `  const { appointmentId } = call.path as { appointmentId: string }
  const old = await findAppointment(context.db, context.cityId, context.citizenId, appointmentId)
  await context.database.transaction((trx) => givePlacesBack(trx, old.city_id, old))
  const answer = await swap(call, context)
`,
      ],
    ],
    killer: slots('S4'),
  },
  {
    name: 'slots are locked as they come: crossing swaps deadlock',
    edits: [
      [
        locks,
        `      .orderBy('id')
      .forUpdate()
      .execute()
  let rows`,
        `      .execute()
      .then(async (found) => {
        for (const id of wanted)
          await trx.selectFrom('slots').select('id').where('city_id', '=', cityId).where('id', '=', id).forUpdate().execute()
        return found
      })
  let rows`,
      ],
    ],
    killer: { files: ['test/sandbox/booking-race.test.ts'], name: 'swaps that cross' },
  },
]
