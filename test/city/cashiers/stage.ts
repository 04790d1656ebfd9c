import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Cashier, RawNotification, TakenNotifications, VendorClaim } from '../../../city/cashiers/cashier'
import { NotificationRefused } from '../../../city/cashiers/errors'
import { createMemoryBooks } from '../../../sandbox/vendor-servers/books'
import type { Ledger, VendorParts } from '../../../sandbox/vendor-servers/ledger'
import { createMisbehaviours, type Misbehaviour } from '../../../sandbox/vendor-servers/misbehaviours'
import type { VendorServer } from '../../../sandbox/vendor-servers/wechat-pay'

/** A vendor's server and the city's adapter for it, each on its own side of real HTTP. */
export type Stage = {
  cashier: Cashier
  /** The same adapter with a key that the vendor does not know. */
  strangers: Cashier
  ledger: Ledger
  misbehave(name: Misbehaviour, times?: number): void
  /** Moves the vendor's calendar; signatures stay of this moment. */
  advance(seconds: number): void
  now(): Date
  sweep(): Promise<void>
  /** What came to the city's address: claims that were taken, reasons of those that were not. */
  inbox: (VendorClaim | string)[]
  /** Notifications as they came. */
  raw: RawNotification[]
  /** Has the city refuse the next notifications although they are good. */
  breakDown(times: number): void
  close(): Promise<void>
}

type Vendor = {
  serve(parts: VendorParts): VendorServer
  connect(
    address: { vendor: string; notifyUrl: string; taken: TakenNotifications; now: () => Date },
    whose: 'ours' | 'a stranger’s',
  ): Cashier
}

export async function startStage(vendor: Vendor): Promise<Stage> {
  let now = new Date('2026-11-23T10:00:00+08:00').getTime()
  const misbehaviours = createMisbehaviours()
  const ids = new Set<string>()
  const taken = { has: async (id: string) => ids.has(id) }
  const inbox: Stage['inbox'] = []
  const came: RawNotification[] = []
  let broken = 0

  const city = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const headers = request.headers as Record<string, string>
    const reply = await take({ body: Buffer.concat(chunks), headers })
    response.writeHead(reply.status, { 'Content-Type': reply.contentType }).end(reply.body)
  })

  async function take(raw: RawNotification) {
    came.push(raw)
    if (broken-- > 0) return cashier.reply(false)
    try {
      const claim = await cashier.notification(raw)
      ids.add(claim.id)
      inbox.push(claim)
      return cashier.reply(true)
    } catch (error) {
      if (!(error instanceof NotificationRefused)) throw error
      inbox.push(error.reason)
      return cashier.reply(error.reason === 'repeated')
    }
  }

  const server = vendor.serve({ books: createMemoryBooks(), misbehaviours, now: () => new Date(now) })
  await new Promise<void>((resolve) => city.listen(0, '127.0.0.1', resolve))
  const notifyUrl = `http://127.0.0.1:${(city.address() as AddressInfo).port}/notifications`
  const address = {
    vendor: await server.app.listen({ port: 0, host: '127.0.0.1' }),
    notifyUrl,
    taken,
    now: () => new Date(now),
  }
  const cashier = vendor.connect(address, 'ours')

  return {
    cashier,
    strangers: vendor.connect(address, 'a stranger’s'),
    ledger: server.ledger,
    misbehave: misbehaviours.order,
    advance(seconds) {
      now += seconds * 1000
    },
    now: () => new Date(now),
    sweep: server.sweep,
    inbox,
    raw: came,
    breakDown(times) {
      broken = times
    },
    async close() {
      server.app.server.closeAllConnections()
      await server.app.close()
      city.closeAllConnections()
      await new Promise((resolve) => city.close(resolve))
    },
  }
}

let last = 0

/** An order of ¥12.34 that nobody has yet, for an hour. */
export const anOrder = (stage: Stage, more: { amountFen?: number; payer?: string; subject?: string } = {}) => ({
  reference: `33010020261123${String(++last).padStart(6, '0')}`,
  amountFen: 1234,
  subject: '电费, 2026年10月',
  payer: '2088000000000001',
  expiresAt: new Date(stage.now().getTime() + 3600_000),
  ...more,
})
