import { AsOf } from '@/components/alert'
import type { CityId } from '@/domain/ids'
import { formatAge, type Instant, msOf } from '@/domain/time'
import { useServerNow } from '@/lifecycle/use-server-now'
import { useLanguage } from '@/text'

interface Props {
  /** Its clock counts. */
  city: CityId
  at: Instant
  /** Also while it is new: for counts and for money on its way. */
  always?: boolean
  onRefresh?: (() => unknown) | undefined
}

const newMs = 60_000

/**
 * How old the content is, up to date while the page is visible; nothing while it is new. A failed refresh is shown by
 * `Reading`, for the whole page.
 */
export function Freshness({ city, at, always = false, onRefresh }: Props) {
  const language = useLanguage()
  const now = useServerNow(city)
  if (!always && now - msOf(at) < newMs) return null
  return <AsOf time={formatAge(at, now, language)} onRefresh={onRefresh} />
}
