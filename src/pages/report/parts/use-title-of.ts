import type { Report } from '@/domain/report'
import { useText } from '@/text'
import { report as form } from '@/text/report'
import { reports as texts } from '@/text/reports'

/** What a report is about and what went wrong, in a line. */
export function useTitleOf() {
  const t = useText(texts)
  const { reasons } = useText(form)
  return ({ about, reason }: Pick<Report, 'about' | 'reason'>): string =>
    t.of(t.about[about.kind], reason === 'unlisted' ? t.unlistedReason : reasons[reason])
}
