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
  /** For the next collection that is told. */
  trouble: Trouble | null
  /** The host takes no messages. */
  isMute: boolean
  /** The vendor does not hear of ends. */
  isDeaf: boolean
  /** Requests that have not arrived yet. */
  readonly onTheWay: (() => Promise<unknown>)[]
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
        if (stage.isMute) throw new Error('not taken')
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
      const { trouble } = stage
      stage.trouble = null
      if (trouble !== null) stage.note(`collection ${trouble}`)
      if (trouble === 'lost') throw gone()
      if (trouble === 'late') {
        stage.onTheWay.push(() => contract.collect(request).catch(() => undefined))
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
    trouble: null,
    isMute: false,
    isDeaf: false,
    onTheWay: [],
    seen,
    note: (what) => void seen.set(what, (seen.get(what) ?? 0) + 1),
    async close() {
      await sandbox.close()
      await release()
    },
  }
  return stage
}
