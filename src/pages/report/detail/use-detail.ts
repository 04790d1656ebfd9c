import { useRef } from 'react'
import type { CityId, ReportId } from '@/domain/ids'
import {
  actionsFor,
  hasReply,
  newerReport,
  nextInstance,
  type Report,
  type ReportAction,
  type ReportStanding,
  reportStanding,
  type SentReply,
} from '@/domain/report'
import { normalise } from '@/domain/typed'
import type { Listed } from '@/domain/unlisted'
import { useIntent } from '@/lifecycle/use-intent'
import { useServerNow } from '@/lifecycle/use-server-now'
import { useStateWhileVisible } from '@/lifecycle/use-visible'
import { valueOf } from '@/queries/use-load'
import { useManifest } from '@/queries/use-manifest'
import { useReport } from '@/queries/use-reports'
import { services } from '@/services'
import { asServiceError, mayBeDone, type ServiceError } from '@/services/errors'

/** Where a reply or the closing stands. */
export interface Acting {
  /** What is typed; null: nothing is being written. */
  readonly text: string | null
  readonly isAsking: boolean
  /** The last reply has reached the city. */
  readonly isSent: boolean
  readonly trouble: { readonly of: Listed<ReportAction>; readonly error: ServiceError } | null
}

export interface ShownReport {
  readonly status: 'ready'
  readonly report: Report
  readonly standing: ReportStanding
  readonly actions: readonly Listed<ReportAction>[]
  /** Who takes it up after the promise. */
  readonly next: ReturnType<typeof nextInstance>
  readonly acting: Acting
  readonly setText: (text: string | null) => void
  readonly send: () => Promise<void>
  readonly ask: (isAsking: boolean) => void
  readonly close: () => Promise<void>
}

export type DetailPage =
  | { readonly status: 'loading' }
  | { readonly status: 'failed'; readonly error: ServiceError; readonly reload: () => Promise<void> }
  | ShownReport

const idle: Acting = { text: null, isAsking: false, isSent: false, trouble: null }

/** One report with its answers. What is typed stays until the city has it. */
export function useDetail(city: CityId, id: ReportId): DetailPage {
  const [load, reload] = useReport(city, id)
  const manifest = valueOf(useManifest(city)[0])
  const nowMs = useServerNow(city)
  const [changed, setChanged] = useStateWhileVisible<Report | null>(null)
  const [acting, setActing] = useStateWhileVisible<Acting>(idle)
  const intent = useIntent()
  /** No answer came: the same text goes again as it was sent, so that the city knows it. */
  const unsure = useRef<SentReply | null>(null)

  if (load.status === 'loading') return load
  if (load.status === 'failed') return { ...load, reload }
  const report = newerReport(changed, load.value)
  const { version = 0 } = report
  const change = (to: Partial<Acting>) => setActing((now) => ({ ...now, ...to }))

  const act = async (of: Listed<ReportAction>, call: () => Promise<Report>): Promise<Report | null> => {
    change({ trouble: null, isSent: false })
    try {
      const after = await call()
      setChanged(() => after)
      return after
    } catch (thrown) {
      const error = asServiceError(thrown)
      if (error.kind === 'refused') unsure.current = null
      change({ trouble: { of, error }, isAsking: false })
      await reload()
      return null
    }
  }

  const send = async () => {
    const text = normalise('text', acting.text ?? '')
    if (text === '') return
    const sent = unsure.current?.text === text ? unsure.current : { version, text }
    unsure.current = sent
    const after = await act('reply', () => services.reports.reply(city, id, sent, intent.keyOf(sent)))
    if (after === null) return
    unsure.current = null
    intent.end()
    change({ text: null, isSent: true })
  }

  const close = async () => {
    if (await act('close', () => services.reports.close(city, id, version, intent.keyOf({ close: version }))))
      change({ isAsking: false })
  }

  // It arrived all the same: what was read since has it.
  const { trouble } = acting
  const hasArrived =
    trouble?.of === 'reply' && mayBeDone(trouble.error) && unsure.current !== null && hasReply(report, unsure.current)
  return {
    status: 'ready',
    report,
    standing: reportStanding(report, nowMs),
    actions: actionsFor(report),
    next: nextInstance(manifest),
    acting: hasArrived ? { ...idle, isSent: true } : acting,
    setText: (text) => change({ text, isSent: false, ...(text === null && { trouble: null }) }),
    send,
    ask: (isAsking) => change({ isAsking, trouble: null }),
    close,
  }
}
