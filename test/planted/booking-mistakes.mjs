// Mistakes that booking systems make in public, as edits of the source, each with the tests that must notice it.

const holds = 'sandbox/booking/holds.ts'
const swap = 'sandbox/booking/swap.ts'
const limits = 'sandbox/booking/limits.ts'
const locks = 'sandbox/booking/locks.ts'
const offers = 'sandbox/booking/waitlist-offers.ts'
const confirmation = 'sandbox/booking/confirmation.ts'

const visits = (name) => ({ files: ['test/sandbox/booking-visit.test.ts'], name })
const items = (name) => ({ files: ['test/sandbox/booking-items.test.ts'], name })
const waiting = (name) => ({ files: ['test/sandbox/booking-waitlist.test.ts'], name })
const row = (name) => ({ files: ['test/failures/slots.test.ts'], name })
const model = { files: ['test/model/booking.test.ts'], env: { SEQUENCES: '150', SEED: '1' } }

export const mistakes = [
  {
    name: 'read, then write: the last place is looked at without a lock',
    edits: [
      [
        'sandbox/booking/schema.sql',
        `  constraint never_double_booked check (taken <= capacity),
`,
        ``,
      ],
      [
        holds,
        `    .whereRef('taken', '<', 'capacity')
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
    killer: visits('a full slot leaves the old one alone'),
  },
  {
    name: 'the client’s clock: the app counts down by the phone',
    edits: [
      [
        'src/services/clocks.ts',
        `now: (city) => serverNow(of(city), phoneNow()),`,
        `now: (city) => serverNow({ ...of(city), offsetMs: 0 }, phoneNow()),`,
      ],
    ],
    killer: row('S2'),
  },
  {
    name: 'the machine’s clock: the deadline is not the city’s',
    edits: [[holds, `const heldAt = context.now()`, `const heldAt = new Date()`]],
    killer: visits('a hold counts down'),
  },
  {
    name: 'the swap gives back the old place first, in a step of its own',
    edits: [
      [
        swap,
        `    await givePlacesBack(trx, placesOf(visit))
`,
        ``,
      ],
      [
        swap,
        `  await endHoldOnRequest(call, context)
`,
        `  const { appointmentId } = call.path as { appointmentId: string }
  const old = await findAppointment(context.db, context.cityId, context.citizenId, appointmentId)
  await context.database.transaction((trx) => givePlacesBack(trx, placesOf(old)))
  await endHoldOnRequest(call, context)
`,
      ],
    ],
    killer: row('S4'),
  },
  {
    name: 'limits count the visit that is moved',
    edits: [[limits, `visit.id !== wish.movesId && `, ``]],
    killer: visits('limits:'),
  },
  {
    name: 'an expired hold can be confirmed',
    edits: [
      [confirmation, `holdStateAt(hold, context.now()) !== 'held'`, `holdStateAt(hold, context.now()) === 'released'`],
    ],
    killer: visits('a hold counts down'),
  },
  {
    name: 'confirming twice is refused',
    edits: [
      [
        confirmation,
        `  if (hold.appointment_id !== null) {`,
        `  if (hold.appointment_id !== null && hold.state === 'held') {`,
      ],
    ],
    killer: row('S3'),
  },
  {
    name: 'somebody who waits is asked twice on one day',
    edits: [
      [
        offers,
        `    .where((row) => row.or([row('last_notice_day', 'is', null), row('last_notice_day', '<>', today)]))
`,
        `    .where((row) => row.or([row('last_notice_day', 'is', null), row('last_notice_day', '<=', today)]))
`,
      ],
      [offers, ` || entry.last_notice_day === dayOf(context.now())`, ``],
    ],
    killer: waiting('nobody is asked twice'),
  },
  {
    name: 'a place offered to somebody who waits is free for others',
    edits: [
      [
        offers,
        `    await takePlaces(trx, [first, ...more])
`,
        `    void takePlaces
`,
      ],
    ],
    killer: waiting('a freed place is held for the first in turn'),
  },
  {
    name: 'a late cancellation does not count',
    edits: [['sandbox/booking/appointments.ts', `if (now > visit.cancel_until)`, `if (now < visit.cancel_until)`]],
    killer: row('S6'),
  },
  {
    name: 'cancelling a long visit frees its first slot only',
    edits: [
      [
        'sandbox/booking/visit-end.ts',
        `await givePlacesBack(trx, placesOf(visit))`,
        `await givePlacesBack(trx, placesOf(visit).slice(0, 1))`,
      ],
    ],
    killer: items('several items of one counter'),
  },
  {
    name: 'a long hold that expires frees its first slot only',
    edits: [
      [locks, `await givePlacesBack(trx, placesOf(hold))`, `await givePlacesBack(trx, placesOf(hold).slice(0, 1))`],
    ],
    killer: items('a visit of several slots that expires'),
  },
  {
    name: 'slots are locked as they come: crossing swaps deadlock',
    edits: [
      [
        locks,
        `selectAll().where('id', 'in', wanted).orderBy('id').forUpdate().execute()`,
        `selectAll().where('id', 'in', wanted).execute().then(async (found) => {
      for (const id of wanted) await trx.selectFrom('slots').select('id').where('id', '=', id).forUpdate().execute()
      return found
    })`,
      ],
    ],
    killer: { files: ['test/sandbox/booking-race.test.ts'], name: 'swaps that cross' },
  },
  {
    name: 'the look without a lock decides: one’s own last place counts as somebody else’s',
    edits: [[holds, `if (wanted.free <= 0 && !wanted.known)`, `if (wanted.free <= 0)`]],
    killer: model,
  },
  {
    name: 'a confirmation whose answer was lost is called undone',
    edits: [
      [
        'src/domain/confirmation.ts',
        `hold?.state === 'confirmed' && hold.appointmentId`,
        `hold?.state === 'expired' && hold.appointmentId`,
      ],
    ],
    killer: model,
  },
  {
    name: 'a relative’s visit counts as the citizen’s own',
    edits: [[limits, `.where('person_id', '=', wish.personId)`, `.where('citizen_id', '=', wish.citizenId)`]],
    killer: items('a citizen books for a relative'),
  },
]
