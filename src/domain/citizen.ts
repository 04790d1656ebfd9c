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
  }[]
}

/** A value of a record as people may read it. */
const valueText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

/** The lines of a record: empty values are left out. */
export const recordRows = (record: Readonly<Record<string, unknown>>): { label: string; value: string }[] =>
  Object.keys(record).flatMap((label) => {
    const value = record[label]
    return value === null || value === undefined || value === '' ? [] : [{ label, value: valueText(value) }]
  })

/** The whole copy as plain text, to be pasted anywhere. */
export const copyText = ({ createdAt, sections }: CitizenCopy): string =>
  [
    createdAt,
    ...sections.map(({ title, records }) =>
      [
        `【${title}】${records.length}`,
        ...records.map((record) =>
          recordRows(record)
            .map(({ label, value }) => `${label}: ${value}`)
            .join('\n'),
        ),
      ].join('\n\n'),
    ),
  ].join('\n\n')
