// Mistakes that booking systems make in public, each of which a test here must find.
import { plant } from './runner.mjs'

const holds = 'sandbox/booking/holds.ts'
const swap = 'sandbox/booking/swap.ts'
const limits = 'sandbox/booking/limits.ts'
const locks = 'sandbox/booking/locks.ts'
const visits = 'test/sandbox/booking-visit.test.ts'
const items = 'test/sandbox/booking-items.test.ts'
const waiting = 'test/sandbox/booking-waitlist.test.ts'
const rows = 'test/failures/slots.test.ts'

plant([
  {
    name: 'read, then write: the last place is looked at without a lock',
    edits: [
      {
        file: 'sandbox/booking/schema.sql',
        from: '  constraint never_double_booked check (taken <= capacity),\n',
        to: '',
      },
      {
        file: holds,
        from: "    .whereRef('taken', '<', 'capacity')\n",
        to: '',
      },
    ],
    test: 'test/races/hold-race.test.ts',
    env: { RACERS: '200' },
  },
  {
    name: 'delete the hold before the check: the place held before is gone when the new one is full',
    edits: [
      {
        file: holds,
        from: '  const note = { released: false }\n',
        to: `  await context.database.transaction(async (trx) => {
    const mine = await trx.selectFrom('holds').selectAll().where('citizen_id', '=', context.citizenId)
      .where('state', '=', 'held').where('offered', '=', false).executeTakeFirst()
    if (mine) await lockSlots(trx, placesOf(mine), new Date(0))
    if (mine) await releaseLocked(trx, mine, context.now())
  })
  const note = { released: false }\n`,
      },
    ],
    test: visits,
    only: 'a full slot leaves the old one alone',
  },
  {
    name: 'the client’s clock: the app counts down by the phone',
    edits: [
      {
        file: 'src/services/clocks.ts',
        from: 'now: (city) => serverNow(of(city), phoneNow()),',
        to: 'now: (city) => serverNow({ ...of(city), offsetMs: 0 }, phoneNow()),',
      },
    ],
    test: rows,
    only: 'S2',
  },
  {
    name: 'the machine’s clock: the deadline is not the city’s',
    edits: [{ file: holds, from: 'const heldAt = context.now()', to: 'const heldAt = new Date()' }],
    test: visits,
    only: 'a hold counts down',
  },
  {
    name: 'the swap gives back the old place first, in a step of its own',
    edits: [
      { file: swap, from: '    await givePlacesBack(trx, placesOf(visit))\n', to: '' },
      {
        file: swap,
        from: '  await endHoldOnRequest(call, context)\n',
        to: `  const { appointmentId } = call.path as { appointmentId: string }
  const old = await findAppointment(context.db, context.cityId, context.citizenId, appointmentId)
  await context.database.transaction((trx) => givePlacesBack(trx, placesOf(old)))
  await endHoldOnRequest(call, context)\n`,
      },
    ],
    test: rows,
    only: 'S4',
  },
  {
    name: 'limits count the visit that is moved',
    edits: [{ file: limits, from: 'visit.id !== wish.movesId && ', to: '' }],
    test: visits,
    only: 'limits:',
  },
  {
    name: 'an expired hold can be confirmed',
    edits: [
      {
        file: 'sandbox/booking/confirmation.ts',
        from: "holdStateAt(hold, context.now()) !== 'held'",
        to: "holdStateAt(hold, context.now()) === 'released'",
      },
    ],
    test: visits,
    only: 'a hold counts down',
  },
  {
    name: 'confirming twice is refused',
    edits: [
      {
        file: 'sandbox/booking/confirmation.ts',
        from: '    if (hold.appointment_id !== null) {',
        to: "    if (hold.appointment_id !== null && hold.state === 'held') {",
      },
    ],
    test: rows,
    only: 'S3',
  },
  {
    name: 'somebody who waits is asked twice on one day',
    edits: [
      {
        file: 'sandbox/booking/waitlist-offers.ts',
        from: "    .where((row) => row.or([row('last_notice_day', 'is', null), row('last_notice_day', '<>', today)]))\n",
        to: "    .where((row) => row.or([row('last_notice_day', 'is', null), row('last_notice_day', '<=', today)]))\n",
      },
    ],
    test: waiting,
    only: 'nobody is asked twice',
  },
  {
    name: 'a place offered to somebody who waits is free for others',
    edits: [
      {
        file: 'sandbox/booking/waitlist-offers.ts',
        from: '    await takePlaces(trx, [first, ...more])\n',
        to: '    void takePlaces\n',
      },
    ],
    test: waiting,
    only: 'a freed place is held for the first in turn',
  },
  {
    name: 'a late cancellation does not count',
    edits: [
      {
        file: 'sandbox/booking/appointments.ts',
        from: 'if (now > visit.cancel_until)',
        to: 'if (now < visit.cancel_until)',
      },
    ],
    test: rows,
    only: 'S6',
  },
  {
    name: 'cancelling a long visit frees its first slot only',
    edits: [
      {
        file: 'sandbox/booking/visit-end.ts',
        from: 'await givePlacesBack(trx, placesOf(visit))',
        to: 'await givePlacesBack(trx, placesOf(visit).slice(0, 1))',
      },
    ],
    test: items,
    only: 'several items of one counter',
  },
  {
    name: 'a long hold that expires frees its first slot only',
    edits: [
      {
        file: locks,
        from: 'await givePlacesBack(trx, placesOf(hold))',
        to: 'await givePlacesBack(trx, placesOf(hold).slice(0, 1))',
      },
    ],
    test: items,
    only: 'a visit of several slots that expires',
  },
  {
    name: 'slots are locked as they come: crossing swaps deadlock',
    edits: [
      {
        file: locks,
        from: "selectAll().where('id', 'in', wanted).orderBy('id').forUpdate().execute()",
        to: `selectAll().where('id', 'in', wanted).execute().then(async (found) => {
      for (const id of wanted) await trx.selectFrom('slots').select('id').where('id', '=', id).forUpdate().execute()
      return found
    })`,
      },
    ],
    test: 'test/sandbox/booking-race.test.ts',
    only: 'swaps that cross',
  },
  {
    name: 'the look without a lock decides: one’s own last place counts as somebody else’s',
    edits: [{ file: holds, from: 'if (wanted.free <= 0 && !wanted.known)', to: 'if (wanted.free <= 0)' }],
    test: 'test/model/booking.test.ts',
    env: { SEQUENCES: '150', SEED: '1' },
  },
  {
    name: 'a relative’s visit counts as the citizen’s own',
    edits: [
      {
        file: limits,
        from: ".where('person_id', '=', wish.personId)",
        to: ".where('citizen_id', '=', wish.citizenId)",
      },
    ],
    test: items,
    only: 'a citizen books for a relative',
  },
])
