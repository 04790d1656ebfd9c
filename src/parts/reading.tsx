import { useState } from 'react'
import { Alert, AsOf } from '@/components/alert'
import type { CityId } from '@/domain/ids'
import { formatAge, msOf } from '@/domain/time'
import { go } from '@/lifecycle/go'
import { useServerNow } from '@/lifecycle/use-server-now'
import { useEffectWhileVisible } from '@/lifecycle/use-visible'
import { platform } from '@/platform'
import { type PageRead, type Reads, useReads } from '@/queries/page-reads'
import { tabs } from '@/routes'
import { services } from '@/services'
import { findCity } from '@/services/cities'
import { useLanguage, useText } from '@/text'
import { terms } from '@/text/terms'
import { useCityName } from './use-city-name'

/** After so long the page shows what it waits for. */
const patientMs = 3_000
/** Younger content is new. */
const newMs = 60_000

type Statement =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'waiting'; readonly city: CityId }
  /** The oldest of the content that failed to refresh, or refreshes slowly. */
  | { readonly kind: 'old'; readonly read: PageRead }

/** What a page must show about its reads; `isSlow` when they have been under way for a while. */
export function statementOf(reads: readonly PageRead[], isSlow: boolean, nowMs: (city: CityId) => number): Statement {
  const oldest = (some: readonly PageRead[]) =>
    [...some].sort((a, b) => msOf(a.asOf ?? '') - msOf(b.asOf ?? ''))[0] ?? null
  const isShown = ({ asOf }: PageRead) => asOf !== null
  const missing = reads.find((read) => read.isReading && !isShown(read))
  if (isSlow && missing) return { kind: 'waiting', city: missing.city }
  // Beside a failure instead of the content, no old content is visible.
  const isBare = reads.some(({ hasFailed }) => hasFailed)
  const failed = oldest(
    reads.filter((read) => read.refreshError !== null && isShown(read) && !(isBare && read.isAside)),
  )
  if (failed) return { kind: 'old', read: failed }
  const isOld = ({ asOf, city }: PageRead) => asOf !== null && nowMs(city) - msOf(asOf) >= newMs
  const slow = isSlow ? oldest(reads.filter((read) => read.isReading && isOld(read))) : null
  return slow ? { kind: 'old', read: slow } : { kind: 'nothing' }
}

/** Re-renders only when the statement changes, and never while the page is hidden. */
function useStatement(reads: Reads | null): Statement {
  const [isReading, setReading] = useState(false)
  const [isSlow, setSlow] = useState(false)
  const [, setReads] = useState('')
  useEffectWhileVisible(() => {
    const update = () => {
      const all = reads?.all() ?? []
      setReading(all.some((read) => read.isReading))
      setReads(all.map((read) => [read.asOf, read.refreshError?.kind].join()).join(' '))
    }
    update()
    return reads?.subscribe(update)
  }, [reads])
  useEffectWhileVisible(() => {
    if (!isReading) {
      setSlow(false)
      return
    }
    const timer = setTimeout(() => setSlow(true), patientMs)
    return () => clearTimeout(timer)
  }, [isReading])
  return statementOf(reads?.all() ?? [], isSlow, services.serverNow)
}

/** Above the content: what the page waits for, or how old the content is that failed to refresh. */
export function Reading() {
  const reads = useReads()
  const statement = useStatement(reads)
  if (statement.kind === 'waiting') return <WaitingForCity city={statement.city} />
  if (statement.kind === 'old') return <OldContent read={statement.read} reads={reads} />
  return null
}

function OldContent({ read, reads }: { read: PageRead; reads: Reads | null }) {
  const language = useLanguage()
  const { city, asOf, refreshError } = read
  const now = useServerNow(city)
  const refresh = () => Promise.all((reads?.all() ?? []).filter((one) => one.refreshError).map((one) => one.refresh()))
  const isCut = refreshError?.kind === 'offline' || refreshError?.kind === 'timeout'
  return (
    <AsOf
      old={refreshError !== null && (isCut ? 'offline' : 'failed')}
      time={formatAge(asOf ?? '', now, language)}
      onRefresh={refreshError ? refresh : undefined}
    />
  )
}

function WaitingForCity({ city }: { city: CityId }) {
  const t = useText(terms)
  const nameOf = useCityName()
  const known = findCity(city)
  const phone = services.manifest.cached(city)?.value.phone
  return (
    <Alert
      icon="hourglass"
      title={t.waiting(known ? nameOf(known) : '')}
      action={phone ? `${t.call} ${phone}` : t.back}
      onAction={() => (phone ? platform.call(phone) : go.back(tabs.home))}
      live
    >
      {t.waitingText}
    </Alert>
  )
}
