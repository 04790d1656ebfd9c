import { setTimeout as pause } from 'node:timers/promises'
import type { CollectionRequest, Contract } from '../../../city/cashiers/cashier'
import { VendorUnavailable } from '../../../city/cashiers/errors'
import type { Service } from '../../../city/service'
import { startSandbox } from '../../../sandbox/start'
import type { World } from '../../../sandbox/world'
import { testDatabase } from '../../support/sandbox'

/** What happens to the next requests on their way to a vendor or a host. `late`: it arrives when a history says so. */
export type Trouble = 'lost' | 'answer-lost' | 'late' | 'slow'

/** A sandbox inside the test, two instances of the city over it, and a network between them and the vendors that a history rules. */
export type Stage = {
  readonly world: World
  readonly instances: readonly [Service, Service]
  /** For the next collection that is told, by who pays. */
  readonly trouble: Map<string, Trouble>
  /** For whom the host takes no messages. */
  readonly mute: Set<string>
  /** The vendor does not hear of ends. */
  isDeaf: boolean
  /** Requests that have not arrived yet, by who pays. */
  readonly onTheWay: Map<string, (() => Promise<unknown>)[]>
  /** All troubles of the network are over. */
  heal(): void
  readonly seen: Map<string, number>
  note(what: string): void
  close(): Promise<void>
}

export const morning = new Date('2026-11-23T09:00:00+08:00')

export async function openStage(): Promise<Stage> {
  const { databaseUrl, schema, release } = await testDatabase()
  const sandbox = await startSandbox({
    port: 0,
    databaseUrl,
    schema,
    startAt: morning,
    quiet: true,
    sweepMs: null,
    anybodyHolds: true,
  })
  const { world } = sandbox
  const seen = new Map<string, number>()
  // Also for the calls of the app.
  const { messages, cashiers } = { ...world }
  Object.assign(world, {
    messages: {
      async send(message) {
        if (stage.mute.has(message.subject)) throw new Error('not taken')
        return messages.send(message)
      },
    },
    cashiers: {
      of(cityId, kind) {
        const cashier = cashiers.of(cityId, kind)
        return cashier?.contract ? { ...cashier, contract: disturbed(cashier.contract) } : cashier
      },
    },
  } satisfies Pick<Service, 'messages' | 'cashiers'>)
  const gone = () => new VendorUnavailable('timeout', 'the history wants it so')

  const disturbed = (contract: Contract): Contract => ({
    ...contract,
    async terminate(reference) {
      if (stage.isDeaf) throw gone()
      await contract.terminate(reference)
    },
    async collect(request: CollectionRequest) {
      const { payer } = request
      const trouble = stage.trouble.get(payer)
      stage.trouble.delete(payer)
      if (trouble !== undefined) stage.note(`collection ${trouble}`)
      if (trouble === 'lost') throw gone()
      if (trouble === 'late') {
        const arrival = () => contract.collect(request).catch(() => undefined)
        stage.onTheWay.set(payer, [...(stage.onTheWay.get(payer) ?? []), arrival])
        throw gone()
      }
      if (trouble === 'slow') await pause(20)
      const order = await contract.collect(request)
      if (trouble === 'answer-lost') throw gone()
      return order
    },
  })

  const stage: Stage = {
    world,
    instances: [world, { ...world }],
    trouble: new Map(),
    mute: new Set(),
    isDeaf: false,
    onTheWay: new Map(),
    heal() {
      stage.trouble.clear()
      stage.mute.clear()
      stage.isDeaf = false
    },
    seen,
    note: (what) => void seen.set(what, (seen.get(what) ?? 0) + 1),
    async close() {
      await sandbox.close()
      await release()
    },
  }
  return stage
}
