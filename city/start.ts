import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { cityDue, type DueKind, startDue } from './due'
import { createServer, type ServerOptions } from './http/server'
import { createWatch } from './http/watch'
import type { Service } from './service'

export type CityOptions = ServerOptions & {
  /** 0 takes a free one. */
  port: number
  host: string
  /** Where `/livez`, `/readyz` and `/metrics` are: never the public's port. None without it. */
  watch?: { port: number; host: string } | undefined
  /** How often what is due happens; null: only when somebody has it happen. */
  dueMs?: number | null | undefined
  due?: readonly DueKind[]
  /** How long to go on serving after readiness says no, for whoever sends calls here to hear of it. */
  farewellMs?: number
  /** How long what runs may take to end. */
  stopMs?: number
}

export type RunningCity = {
  /** `http://127.0.0.1:4180`; a city is at `<address>/<adcode>`. */
  address: string
  /** Where it is watched; empty when nowhere. */
  watchAddress: string
  /**
   * Readiness says no, nobody new is let in, calls and due work that run are ended within their time, the rest is cut. The database is
   * the caller's to close.
   */
  stop(): Promise<void>
}

const DUE_MS = 1000
const STOP_MS = 8000

/** Serves the cities and does what is due in them. The schema must be of this version. @throws StartError where a city has no key */
export async function startCity(service: Service, options: CityOptions): Promise<RunningCity> {
  // Found out now, not with the first receipt.
  for (const { id } of service.cities) service.keys.ofCity(id)
  const { dueMs = DUE_MS, due: kinds = cityDue, stopMs = STOP_MS } = options
  let stopping: Promise<void> | null = null
  const app = await createServer(service, options)
  let underWay = 0
  app.server.on('request', (_request, response) => {
    underWay += 1
    response.once('close', () => {
      underWay -= 1
    })
  })
  const address = await app.listen({ port: options.port, host: options.host }).catch(async (error: unknown) => {
    await app.close()
    throw error
  })
  const due = startDue(service, dueMs === null ? [] : kinds, dueMs ?? 0)
  const watch = createWatch({ service, due, isStopping: () => stopping !== null })
  if (options.watch) {
    const { port, host } = options.watch
    await new Promise<void>((resolve, reject) => {
      watch.once('error', reject).listen(port, host, resolve)
    }).catch(async (error: unknown) => {
      await Promise.all([app.close(), due.stop()])
      throw error
    })
  }

  async function stop(): Promise<void> {
    const until = Date.now() + (options.farewellMs ?? 0) + stopMs
    const dueEnded = due.stop()
    await pause(options.farewellMs ?? 0)
    const closed = app.close()
    // A connection that sends nothing, or half a call, has no claim to be waited for.
    while (underWay > 0 && Date.now() < until) await pause(20)
    app.server.closeAllConnections()
    await closed
    await service.limits.settle().catch(() => undefined)
    const late = pause(Math.max(0, until - Date.now()), 'late', { ref: false })
    if ((await Promise.race([dueEnded, late])) === 'late')
      service.log.warn({ running: due.running() }, 'due work was left under way')
    watch.closeAllConnections()
    if (watch.listening) await new Promise((resolve) => watch.close(resolve))
  }

  return {
    address,
    watchAddress: watch.listening ? `http://${options.watch?.host}:${(watch.address() as AddressInfo).port}` : '',
    stop() {
      stopping ??= stop()
      return stopping
    },
  }
}

/** npm hands Ctrl-C on, so one arrives twice at once. */
const SAME_KEY_MS = 150

/** Ends the process on SIGTERM and SIGINT after `stop`; a second signal ends it at once. */
export function endOnSignals(stop: () => Promise<void>): void {
  let began = 0
  const onSignal = () => {
    if (began === 0) {
      began = Date.now()
      stop().then(
        () => process.exit(0),
        () => process.exit(1),
      )
    } else if (Date.now() - began > SAME_KEY_MS) process.exit(143)
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
}
