import { randomUUID } from 'node:crypto'
import type { Answer, Fault, Forward, Sent } from './faulty-city'

export interface FaultyCity {
  readonly title: string
  /** The must that it breaks, and whose check must notice. */
  readonly must: string
  /** A new one for each run: some remember what they saw. */
  fault(): Fault
}

const json = 'application/json'
const is = (sent: Sent, method: string, path: RegExp) =>
  sent.method === method && path.test(sent.path.split('?')[0] ?? '')
const ok = ({ status }: Answer) => status < 300

/** Passes the call on and changes what comes back. */
const after =
  (change: (answer: Answer, sent: Sent, forward: Forward) => Promise<void> | void): Fault =>
  async (sent, forward) => {
    const answer = await forward(sent)
    await change(answer, sent, forward)
    return answer
  }
/** Changes the call before it is passed on. */
const before =
  (change: (sent: Sent) => Sent): Fault =>
  (sent, forward) =>
    forward(change(sent))
const plain = (title: string, must: string, fault: Fault): FaultyCity => ({ title, must, fault: () => fault })

/** Every member of this name, at any depth. */
// biome-ignore lint/suspicious/noExplicitAny: a body of any operation.
function each(value: any, names: RegExp, change: (member: any) => unknown): void {
  if (typeof value !== 'object' || value === null) return
  for (const [name, inner] of Object.entries(value))
    if (names.test(name) && (typeof inner !== 'object' || inner === null)) value[name] = change(inner)
    else each(inner, names, change)
}

/** Shows what one citizen has to everybody: who cannot read it reads it as whoever can. */
function openToAll(path: RegExp): Fault {
  const tokens = new Set<string>()
  return async (sent, forward) => {
    const answer = await forward(sent)
    if (sent.token !== null) tokens.add(sent.token)
    if (!is(sent, 'GET', path) || answer.status !== 404) return answer
    const answers = await Promise.all([...tokens].map((token) => forward({ ...sent, token })))
    return answers.find(ok) ?? answer
  }
}

/** The answer of before instead of a refusal with this code. */
function insteadOf(code: string, path: RegExp, change: (answer: Answer) => Answer): Fault {
  let last: Answer | null = null
  return async (sent, forward) => {
    const answer = await forward(sent)
    if (!is(sent, 'POST', path)) return answer
    if (ok(answer)) last = structuredClone(answer)
    return last && answer.body?.code === code ? change(structuredClone(last)) : answer
  }
}

/** The same call a second time is refused. */
function onceOnly(method: string, path: RegExp, status: number, code: string): Fault {
  const seen = new Set<string>()
  return async (sent, forward) => {
    const answer = await forward(sent)
    if (!is(sent, method, path)) return answer
    const call = `${sent.path} ${JSON.stringify(sent.body)}`
    if (seen.has(call))
      return {
        status,
        type: 'application/problem+json',
        body: { type: 'about:blank', title: 'No', status, code, requestId: 'req-faulty', retry: 'never' },
      }
    if (ok(answer)) seen.add(call)
    return answer
  }
}

const payment = /^\/payments\/[^/]+$/
const closing = /^\/payments\/[^/]+\/closing$/

export const faultyCities: readonly FaultyCity[] = [
  plain(
    'amounts are yuan',
    'whole-fen',
    after(({ body }) => each(body, /Fen$/, (fen) => Number(fen) / 100 + 0.001)),
  ),
  plain(
    'times have no offset',
    'instants',
    after(({ body }) => each(body, /^(serverTime|asOf)$/, (text) => String(text).slice(0, 19))),
  ),
  plain(
    'a member is missing',
    'shapes',
    after(({ body }) => {
      if (body?.serverTime) delete body.serverTime
    }),
  ),
  plain(
    'errors have no code',
    'problems',
    after(({ status, body }) => {
      if (status >= 400) delete body.code
    }),
  ),
  plain(
    'errors are plain JSON',
    'problems',
    after((answer) => {
      if (answer.status >= 400) answer.type = json
    }),
  ),
  plain(
    'there is one language',
    'languages',
    before((sent) => ({ ...sent, language: 'zh-CN' })),
  ),
  plain(
    'halls need a session',
    'open-levels',
    before((sent) => (sent.path.startsWith('/halls') && sent.token === null ? { ...sent, path: '/accounts' } : sent)),
  ),
  plain(
    'anybody reads as somebody',
    'account-levels',
    after((answer, { path }) => {
      if (answer.status === 401 && path === '/accounts')
        Object.assign(answer, {
          status: 200,
          type: json,
          body: { items: [], consistency: 'eventual', serverTime: '2026-11-23T10:00:00+08:00' },
        })
    }),
  ),
  plain(
    'characters that are none pass',
    'typed-nul',
    before((sent) => ({ ...sent, path: sent.path.replace('%00', '') })),
  ),
  plain(
    'a cursor that cannot be read is the first page',
    'cursors',
    before((sent) => ({ ...sent, path: sent.path.replace(/[?&]cursor=[^&]*/, '') })),
  ),
  plain('members of a later version are refused', 'unknown-members', async (sent, forward) => {
    const known = is(sent, 'POST', /^\/sessions$/)
      ? Object.keys(sent.body).every((name) => ['host', 'code'].includes(name))
      : true
    return forward(known ? sent : { ...sent, body: { host: 7 } })
  }),
  plain('signing out does nothing', 'sessions-end', async (sent, forward) =>
    is(sent, 'DELETE', /^\/sessions\/current$/) ? { status: 204, type: '', body: null } : forward(sent),
  ),
  plain(
    'a session lasts a year',
    'short-sessions',
    after(({ body }, sent) => {
      if (is(sent, 'POST', /^\/sessions$/) && body.expiresAt) body.expiresAt = '2027-11-23T10:00:00+08:00'
    }),
  ),
  plain(
    'any code is a citizen',
    'codes-refused',
    before((sent) =>
      is(sent, 'POST', /^\/sessions$/)
        ? { ...sent, body: { ...sent.body, code: sent.body.code.replace(/^bad/, 'preview') } }
        : sent,
    ),
  ),

  plain(
    'looking binds',
    'match-binds-nothing',
    after(async ({ body }, sent, forward) => {
      if (is(sent, 'POST', /^\/account-matches$/) && body.matchId)
        await forward({
          ...sent,
          path: '/accounts',
          key: randomUUID(),
          body: { matchId: body.matchId, relation: 'mine' },
        })
    }),
  ),
  plain(
    'each binding is another account',
    'binding-once',
    after(({ body }, sent) => {
      if (is(sent, 'POST', /^\/accounts$/)) body.id = `a-${randomUUID()}`
    }),
  ),
  plain(
    'unbinding keeps it',
    'unbinding-undone',
    after(async (_, sent, forward) => {
      if (is(sent, 'DELETE', /^\/accounts\/[^/]+$/))
        await forward({ ...sent, method: 'POST', path: `${sent.path}/restoration`, key: randomUUID() })
    }),
  ),
  { title: 'accounts are everybody’s', must: 'own-accounts', fault: () => openToAll(/^\/accounts\/[^/]+$/) },
  plain(
    'a list calls itself strong',
    'eventual-lists',
    after(({ body }, { path }) => {
      if (path.startsWith('/bills')) each(body, /^consistency$/, () => 'strong')
    }),
  ),
  plain(
    'one bill has another amount than its look-up',
    'strong-bills',
    after(({ body }, sent) => {
      if (is(sent, 'GET', /^\/bills\/[^/]+$/) && body.amountFen) body.amountFen += 1
    }),
  ),
  plain(
    'a biller that is silent means that nothing is due',
    'lookups',
    after((answer, sent) => {
      if (is(sent, 'GET', /\/lookup$/) && answer.body.outcome === 'bill') {
        const { accountId, askedAt, serverTime } = answer.body
        answer.body = { outcome: 'nothing-due', accountId, askedAt, serverTime }
      }
    }),
  ),

  plain(
    'each key makes a payment',
    'one-payment',
    after(({ status, body }, sent) => {
      if (is(sent, 'POST', /^\/payments$/) && status === 200) body.payment.id = `p-${randomUUID()}`
    }),
  ),
  {
    title: 'a key is taken once',
    must: 'same-key',
    fault: () => onceOnly('POST', /^\/payments$/, 409, 'idempotency-conflict'),
  },
  {
    title: 'a key with another body gives the first answer',
    must: 'other-body',
    fault: () => insteadOf('idempotency-conflict', /^\/payments$/, (answer) => answer),
  },
  plain(
    'a bill that changed is not shown as it is now',
    'bill-changed',
    after(({ body }) => {
      if (body?.code === 'bill-changed') delete body.bills
    }),
  ),
  plain(
    'a key is forgotten',
    'by-key',
    after((answer, { path }) => {
      if (path.startsWith('/payments/by-key/') && answer.status === 200)
        Object.assign(answer, {
          status: 404,
          type: 'application/problem+json',
          body: {
            type: 'about:blank',
            title: 'No',
            status: 404,
            code: 'not-found',
            requestId: 'req-faulty',
            retry: 'never',
          },
        })
    }),
  ),
  plain(
    'a key that was never used is a fault of the city',
    'by-key-unknown',
    after((answer, { path }) => {
      if (path.startsWith('/payments/by-key/') && answer.status === 404)
        Object.assign(answer, { status: 503, body: { ...answer.body, status: 503, code: 'overloaded', retry: 'safe' } })
    }),
  ),
  plain(
    'the phone is believed',
    'hints',
    after(({ body }, sent) => {
      if (is(sent, 'POST', /\/cashier-answers$/))
        Object.assign(body, { state: 'paid', paidAt: '2026-11-23T10:00:00+08:00' })
    }),
  ),
  {
    title: 'giving up never ends',
    must: 'closing',
    fault: () => {
      let begun = false
      return after(({ body }, sent) => {
        if (is(sent, 'POST', closing)) begun = true
        if (begun && (is(sent, 'POST', closing) || is(sent, 'GET', payment)) && body.state) body.state = 'closing'
      })
    },
  },
  {
    title: 'a closed payment opens the cashier',
    must: 'cashier-closed',
    fault: () => insteadOf('payment-not-open', /^\/payments/, (answer) => ({ ...answer, status: 200 })),
  },
  plain(
    'credited comes before paid',
    'credited-after-paid',
    after(({ body }, sent) => {
      if (is(sent, 'GET', payment) && body.paidAt) {
        body.creditedAt = body.paidAt
        delete body.paidAt
      }
    }),
  ),
  {
    title: 'versions go back',
    must: 'versions',
    fault: () => {
      let version = 1000
      return after(({ body }, sent) => {
        if (!is(sent, 'GET', payment) || !body.version) return
        version -= 1
        body.version = version
      })
    },
  },
  {
    title: 'what was paid is paid again',
    must: 'recently-paid',
    fault: () => {
      let last: Answer | null = null
      return async (sent, forward) => {
        const answer = await forward(sent)
        if (!is(sent, 'POST', /^\/payments$/)) return answer
        if (ok(answer)) last = structuredClone(answer)
        if (!last || !['recently-paid', 'bill-settled', 'bill-not-payable', 'bill-changed'].includes(answer.body.code))
          return answer
        const again = structuredClone(last)
        again.body.payment.id = `p-${randomUUID()}`
        return again
      }
    },
  },
  { title: 'payments are everybody’s', must: 'own-payments', fault: () => openToAll(payment) },

  {
    title: 'more places than there are',
    must: 'places',
    fault: () =>
      insteadOf('slot-taken', /^\/holds$/, (answer) => ({
        ...answer,
        body: { ...answer.body, id: `h-${randomUUID()}` },
      })),
  },
  plain(
    'a full time is offered instead of itself',
    'places',
    after(({ body }, sent) => {
      if (body?.code === 'slot-taken')
        body.alternatives = body.alternatives.map((slot: object) => ({ ...slot, id: sent.body.slotId }))
    }),
  ),
  {
    title: 'the older place stays kept',
    must: 'one-hold',
    fault: () => {
      const slots = new Map<string, string>()
      return after(async (answer, sent, forward) => {
        if (!is(sent, 'POST', /^\/holds$/) || !ok(answer) || sent.token === null) return
        const older = slots.get(sent.token)
        slots.set(sent.token, sent.body.slotId)
        if (older === undefined || sent.body.appointmentId) return
        const ghost = await forward({
          ...sent,
          path: '/sessions',
          token: null,
          key: null,
          body: { host: 'preview', code: `preview-ghost-${randomUUID()}` },
        })
        await forward({ ...sent, token: ghost.body.token, key: randomUUID(), body: { ...sent.body, slotId: older } })
      })
    },
  },
  {
    title: 'a place can be given back once',
    must: 'release-twice',
    fault: () => onceOnly('DELETE', /^\/holds\/[^/]+$/, 404, 'not-found'),
  },
  plain('a place that is given back stays taken', 'released-places', async (sent, forward) =>
    is(sent, 'DELETE', /^\/holds\/[^/]+$/) ? { status: 204, type: '', body: null } : forward(sent),
  ),
  {
    title: 'a confirmation is refused the second time',
    must: 'confirm-twice',
    fault: () => onceOnly('POST', /^\/appointments$/, 409, 'hold-used'),
  },
  plain(
    'an expired hold has another name',
    'expired-holds',
    after(({ body }) => {
      if (body?.code === 'hold-expired') body.code = 'hold-used'
    }),
  ),
  plain(
    'two visits at the same time',
    'overlaps',
    after(({ body }) => {
      if (body?.code === 'overlapping-visit') body.code = 'booking-limit'
    }),
  ),
  plain('a swap does not move', 'swaps', async (sent, forward) =>
    is(sent, 'POST', /\/swap$/)
      ? forward({ ...sent, method: 'GET', path: sent.path.replace(/\/swap$/, ''), body: null, key: null })
      : forward(sent),
  ),
  {
    title: 'cancelling is refused the second time',
    must: 'cancel-twice',
    fault: () => onceOnly('POST', /\/cancellation$/, 409, 'appointment-not-open'),
  },
  { title: 'visits are everybody’s', must: 'own-visits', fault: () => openToAll(/^\/appointments\/[^/]+$/) },
]
