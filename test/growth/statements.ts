import pg from 'pg'
import type { Step } from './walk'

/** A statement that the backend ran in a step of a walk; `call` numbers the steps. */
export type Statement = { step: string; call: number; text: string; values: unknown[] }

/** Keeps every statement that goes to PostgreSQL while `step` does something. */
export function recordStatements(): { statements: Statement[]; step: Step; stop(): void } {
  const statements: Statement[] = []
  let now: string | null = null
  let call = 0
  const { query } = pg.Client.prototype
  pg.Client.prototype.query = function (this: pg.Client, ...given: unknown[]) {
    const [first, values] = given
    const { text, values: own } =
      typeof first === 'string' ? { text: first, values } : (first as { text: string; values?: unknown })
    if (now !== null && /^(select|insert|update|delete|with)\b/.test(text))
      statements.push({ step: now, call, text, values: Array.isArray(own) ? own : [] })
    return Reflect.apply(query, this, given)
  } as typeof query
  return {
    statements,
    async step(name, work) {
      now = name
      call += 1
      try {
        return await work()
      } finally {
        now = null
      }
    },
    stop: () => {
      pg.Client.prototype.query = query
    },
  }
}

type Node = {
  'Node Type': string
  'Relation Name'?: string
  'Index Name'?: string
  'Index Cond'?: string
  Plans?: Node[]
}

/**
 * What of these statements reads a table from end to end, or a city's rows of it: no index, or one that only the city or nothing is looked
 * up in. `rows` says how many rows tables and indexes have; those with few may be read whole.
 */
export async function scansOf(client: pg.Client, statements: readonly Statement[], few: number): Promise<string[]> {
  const { rows } = await client.query<Relation & { name: string }>(
    `select c.relname as name, greatest(c.reltuples, 0) as rows, a.attname as first from pg_class c
      left join pg_attribute a on a.attrelid = c.oid and a.attnum = 1
      where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'i')`,
  )
  const relations = new Map(rows.map((row) => [row.name, row]))
  const large = (name: string) => {
    const relation = relations.get(name)
    return relation && relation.rows > few ? relation : undefined
  }
  const found = new Set<string>()
  await client.query('set enable_seqscan = off')
  for (const { step, text, values } of new Map(statements.map((each) => [each.text, each])).values()) {
    const { rows: plans } = await client.query(`explain (format json) ${text}`, values)
    for (const scan of scansIn(plans[0]['QUERY PLAN'][0].Plan, large)) found.add(`${step}: ${scan} in ${text}`)
  }
  await client.query('reset enable_seqscan')
  return [...found]
}

/** `first`: of an index, what it is sorted by. */
type Relation = { rows: number; first: string }

function scansIn(node: Node, large: (name: string) => Relation | undefined, table = node['Relation Name']): string[] {
  const below = (node.Plans ?? []).flatMap((each) => scansIn(each, large, each['Relation Name'] ?? table))
  if (!/Scan$/.test(node['Node Type']) || table === undefined || !large(table)) return below
  if (node['Node Type'] === 'Seq Scan') return [`all of ${table}`, ...below]
  const { 'Index Name': name, 'Index Cond': condition = '' } = node
  const index = name === undefined ? undefined : large(name)
  if (index === undefined) return below
  // By what the index is sorted by, and by something beside the city.
  const columns = [...condition.matchAll(/(?<=\(|\.|ROW\(|, )(\w+)(?= (?:=|<|>|IS|&&)|,|\))/g)].map(
    ([column]) => column,
  )
  const looksUp = columns.includes(index.first) && columns.some((column) => column !== 'city_id')
  return looksUp ? below : [`all of ${name}`, ...below]
}
