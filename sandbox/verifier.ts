import type { FastifyInstance } from 'fastify'
import { VendorUnavailable } from '../city/cashiers/errors'
import type { Database } from '../city/database/database'
import { problem } from '../city/http/problem'
import { newId } from '../city/ids'
import type { BegunVerification, Identity, VerificationOutcome } from '../city/ports'
import type { SandboxClock } from './clock'
import type { Faults } from './faults'
import { isNotForeign } from './origin'
import { own } from './tables'
import { verifyPage } from './verify-page'
import type { World } from './world'

/** What a person can make the host decide. `vanish`: the citizen leaves, and the host decides nothing. */
const acts = {
  pass: 'verified',
  cancel: 'cancelled',
  refuse: 'refused',
  'other-person': 'other-person',
  'time-out': 'timed-out',
  vanish: 'open',
} as const satisfies Record<string, VerificationOutcome>

export type VerifyAct = keyof typeof acts

export const readVerifyAct = (name: unknown): VerifyAct => {
  if (typeof name === 'string' && Object.hasOwn(acts, name)) return name as VerifyAct
  throw problem('bad-request', { detail: `act: one of ${Object.keys(acts).join(', ')}` })
}

const SECONDS = 600

type Around = { database: Database; clock: SandboxClock; faults: Faults; address(): string }

/** The hosts' verification: WeChat's and Alipay's by what their phones open, the preview's as a page of its own. */
export function createVerifier({
  database,
  clock,
  faults,
  address,
}: Around): Pick<Identity, 'beginVerification' | 'queryVerification'> {
  const books = () => own(database.db)
  function refuseWhenDown(cityId: string): void {
    if (faults.isOn('verifier-not-answering', { cityId })) throw new VendorUnavailable('connection', 'verification')
  }
  return {
    async beginVerification({ cityId, subject, level }) {
      refuseWhenDown(cityId)
      const number = newId('certify')
      await books()
        .insertInto('book_verifications')
        .values({ city_id: cityId, number, subject, level, begun_at: clock.now() })
        .execute()
      return { vendorNumber: number, secret: '', invocation: invocationOf(subject, number), seconds: SECONDS }
    },
    async queryVerification({ cityId, vendorNumber }) {
      refuseWhenDown(cityId)
      const row = await books()
        .selectFrom('book_verifications')
        .select('outcome')
        .where('city_id', '=', cityId)
        .where('number', '=', vendorNumber)
        .executeTakeFirst()
      return row?.outcome ?? 'open'
    },
  }

  function invocationOf(subject: string, number: string): BegunVerification['invocation'] {
    const url = `${address()}/verify/${number}`
    if (subject.startsWith('wechat/')) return { kind: 'wechat', verifyId: number }
    return subject.startsWith('alipay/') ? { kind: 'alipay', certifyId: number, url } : { kind: 'page', url }
  }
}

/** Plays the citizen at the host. What is decided stays. */
export async function playVerifier({ database }: Pick<World, 'database'>, number: string, act: VerifyAct) {
  await own(database.db)
    .updateTable('book_verifications')
    .set({ outcome: acts[act] })
    .where('number', '=', number)
    .where('outcome', '=', 'open')
    .execute()
  return { outcome: acts[act] }
}

/** The number of the newest one: what is on the screen of who is being verified. */
export async function newestVerification({ database }: Pick<World, 'database'>): Promise<string> {
  const row = await own(database.db)
    .selectFrom('book_verifications')
    .select('number')
    .orderBy('begun_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!row) throw problem('not-found')
  return row.number
}

/** The simulated page, which the preview shows over itself as the hosts show theirs. */
export function addVerifier(app: FastifyInstance, world: World): void {
  app.register(async (pages) => {
    pages.addHook('onRequest', async (request) => {
      if (!isNotForeign(request)) throw problem('forbidden')
    })
    pages.get<{ Params: { number: string } }>('/verify/:number', async ({ params }, reply) => {
      const row = await own(world.database.db)
        .selectFrom('book_verifications')
        .select(['level', 'outcome'])
        .where('number', '=', params.number)
        .executeTakeFirst()
      if (!row) throw problem('not-found')
      return reply
        .type('text/html; charset=utf-8')
        .send(verifyPage({ isFace: row.level === 'face', isOpen: row.outcome === 'open' }))
    })
    pages.post<{ Params: { number: string }; Body: { act?: unknown } }>('/verify/:number/acts', ({ params, body }) =>
      playVerifier(world, params.number, readVerifyAct(body?.act)),
    )
  })
}
