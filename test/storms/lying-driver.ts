import pg from 'pg'

/** How the driver under the city lies. Only to pools: a plain `pg.Client` is honest. */
export type Lies = {
  /** From 0 below `below`. */
  readonly random: (below: number) => number
  /** So many commits of a hundred fail with 40001: half of them before they are done, half after. */
  readonly commits?: number
  /** `for update` waits for nobody; transactions are at this level: serializable is what engines with optimistic locks begin with. */
  readonly optimistic?: 'serializable' | 'read committed'
}

export type Lied = { before: number; after: number; locks: number; stop(): void }

const serializationFailure = (): Error =>
  Object.assign(new Error('restart transaction'), { name: 'error', severity: 'ERROR', code: '40001' })

const isBegin = (text: string) => /^\s*(begin|start transaction)/i.test(text)
const isWrite = (text: string) =>
  /^\s*(insert|update|delete|with)\b/i.test(text) && /\b(insert|update|delete)\b/i.test(text)

/** From now on every pool's connections lie, until `stop`. */
export function lie({ random, commits = 0, optimistic }: Lies): Lied {
  const honest = pg.Client.prototype.query
  const open = new WeakMap<pg.Client, boolean>()
  const lied: Lied = {
    before: 0,
    after: 0,
    locks: 0,
    stop() {
      pg.Client.prototype.query = honest
    },
  }

  /** Does `work`, which is all or nothing, and says the truth about it or not. */
  async function commit(work: () => Promise<unknown>, undo: () => Promise<unknown>): Promise<unknown> {
    if (random(100) >= commits) return work()
    if (random(2) === 0) {
      lied.before += 1
      await undo()
    } else {
      await work()
      lied.after += 1
    }
    throw serializationFailure()
  }

  function query(this: pg.Client, ...given: unknown[]): unknown {
    const [first, ...more] = given
    const send = (...args: unknown[]) => Reflect.apply(honest, this, args) as Promise<unknown>
    const text = textOf(first)
    if (this.constructor === pg.Client || text === null || typeof given.at(-1) === 'function') return send(...given)
    if (/^\s*(commit|rollback)/i.test(text)) open.set(this, false)
    if (isBegin(text)) {
      open.set(this, true)
      return send(optimistic ? withText(first, text.replace(/read committed/i, optimistic)) : first, ...more)
    }
    if (/^\s*commit/i.test(text))
      return commit(
        () => send(...given),
        () => send('rollback'),
      )
    const unlocked = optimistic ? text.replace(/\s+for (no key )?update( of "?\w+"?)?( skip locked)?/gi, '') : text
    if (unlocked !== text) lied.locks += 1
    const really = () => send(withText(first, unlocked), ...more)
    return open.get(this) || !isWrite(text) ? really() : commit(really, async () => undefined)
  }
  pg.Client.prototype.query = query as typeof honest
  return lied
}

const textOf = (query: unknown): string | null => {
  if (typeof query === 'string') return query
  return typeof query === 'object' && query !== null && 'text' in query ? String(query.text) : null
}
/** Without its name, under which the connection may know the text as it was. */
const withText = (query: unknown, text: string): unknown =>
  typeof query === 'string' ? text : { ...(query as object), text, name: undefined }
