import type { ConsentKind } from './consent'
import type { CitizenId } from './ids'
import type { Instant } from './time'

/** The citizen's own counters in a city. */
export type Counters = {
  noShowsThisMonth: number
  activeAppointments: number
  /** Set while booking is closed to this citizen. */
  blockedUntil?: Instant | undefined
}

/** What one city knows about the citizen who is signed in. */
export type Citizen = {
  id: CitizenId
  maskedName: string
  maskedPhone?: string | undefined
  counters: Counters
  /** For whom this citizen may act. */
  grants: readonly { citizenId: CitizenId; maskedName: string; until: Instant }[]
  consents: readonly { consent: ConsentKind; given: boolean; changedAt: Instant }[]
  /** What the city told and the citizen has not seen; at most 100. Absent where the city keeps no messages. */
  unreadMessages?: number | undefined
  /** Who read what, newest first. */
  dataUse: readonly { at: Instant; by: string; purpose: string }[]
}

/** All that a city keeps about a citizen, by kind (个人信息副本). */
export type CitizenCopy = {
  createdAt: Instant
  sections: readonly {
    kind: string
    title: string
    /** As the city keeps them. */
    records: readonly { readonly [name: string]: unknown }[]
    /** What their members are called; absent in a city that does not say. */
    labels?: readonly { readonly name: string; readonly label: string }[] | undefined
  }[]
}

/** A value of a record as people may read it. */
const valueText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

type Labels = CitizenCopy['sections'][number]['labels']

/** The lines of a record, by the city's words for them: empty values are left out. */
export const recordRows = (
  record: Readonly<Record<string, unknown>>,
  labels?: Labels,
): { label: string; value: string }[] =>
  Object.keys(record).flatMap((name) => {
    const value = record[name]
    const label = labels?.find((one) => one.name === name)?.label ?? name
    const isEmpty =
      value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
    return isEmpty ? [] : [{ label, value: valueText(value) }]
  })

/** The whole copy as plain text, to be pasted anywhere. */
export const copyText = ({ createdAt, sections }: CitizenCopy): string =>
  [
    createdAt,
    ...sections.map(({ title, records, labels }) =>
      [
        `【${title}】${records.length}`,
        ...records.map((record) =>
          recordRows(record, labels)
            .map(({ label, value }) => `${label}: ${value}`)
            .join('\n'),
        ),
      ].join('\n\n'),
    ),
  ].join('\n\n')
