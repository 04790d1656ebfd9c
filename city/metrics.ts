/** Upper bounds in seconds of what is counted by how long it took. */
const bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

type Labels = Readonly<Record<string, string | number>>
type Kind = 'counter' | 'gauge' | 'histogram'

/** Figures that a city's monitoring reads; none is about a person. */
export type Metrics = {
  /** An answered call: its operation of the contract, its status, how long it took. */
  request(operation: string, status: number, seconds: number): void
  /** Something that is due by itself failed. */
  dueFailed(kind: string): void
  /** A call that was refused because of too many, or because there was too much to do. */
  refused(why: string): void
  /** All of it in Prometheus' text format, with gauges that are read now. */
  text(gauges: readonly Gauge[]): string
}
export type Gauge = { name: string; help: string; values: readonly { labels?: Labels; value: number }[] }

type Family = { kind: Kind; help: string; values: Map<string, number> }

/** Own lines: prom-client would bring OpenTelemetry's API and two packages for the same text. */
export function createMetrics(): Metrics {
  const family = (kind: Kind, help: string): Family => ({ kind, help, values: new Map() })
  const families = {
    city_requests_total: family('counter', 'Calls by operation and status'),
    city_request_seconds: family('histogram', 'How long calls took'),
    city_due_failures_total: family('counter', 'Due work that failed, by kind'),
    city_refused_total: family('counter', 'Calls refused because of too many or too much, by why'),
  }
  const add = ({ values }: Family, key: string, by = 1) => void values.set(key, (values.get(key) ?? 0) + by)

  return {
    request(operation, status, seconds) {
      add(families.city_requests_total, labelled('', { operation, status }))
      const histogram = families.city_request_seconds
      for (const le of bounds) add(histogram, labelled('_bucket', { operation, le }), seconds <= le ? 1 : 0)
      add(histogram, labelled('_bucket', { operation, le: '+Inf' }))
      add(histogram, labelled('_sum', { operation }), seconds)
      add(histogram, labelled('_count', { operation }))
    },
    dueFailed: (kind) => add(families.city_due_failures_total, labelled('', { kind })),
    refused: (why) => add(families.city_refused_total, labelled('', { why })),
    text: (gauges) =>
      [
        ...Object.entries<Family>(families).map(([name, { kind, help, values }]) =>
          block(name, kind, help, [...values]),
        ),
        ...gauges.map(({ name, help, values }) =>
          block(
            name,
            'gauge',
            help,
            values.map(({ labels, value }) => [labelled('', labels ?? {}), value]),
          ),
        ),
      ].join(''),
  }
}

const block = (name: string, kind: Kind, help: string, values: readonly (readonly [string, number])[]): string =>
  `# HELP ${name} ${help}\n# TYPE ${name} ${kind}\n${values.map(([key, value]) => `${name}${key} ${value}\n`).join('')}`

function labelled(suffix: string, labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${String(value).replace(/["\\\n]/g, '_')}"`)
  return pairs.length === 0 ? suffix : `${suffix}{${pairs.join(',')}}`
}
