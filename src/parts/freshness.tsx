import { AsOf } from '@/components/alert'
import type { CityId } from '@/domain/ids'
import { formatAge, type Instant, msOf } from '@/domain/time'
import { useTick } from '@/lifecycle/use-tick'
import { services } from '@/services'
import { useLanguage } from '@/text'

interface Props {
  /** Whose clock counts. */
  city: CityId
  at: Instant
  /** Also when it is new: for counts and for money on its way. */
  always?: boolean
  onRefresh?: (() => unknown) | undefined
}

const newMs = 60_000

/**
 * How old is what is shown; nothing while it is new. It goes on counting while the page is looked at. That it could not be
 * brought up to date is said by `Reading`, for the whole page.
 */
export function Freshness({ city, at, always = false, onRefresh }: Props) {
  const language = useLanguage()
  useTick()
  const now = services.serverNow(city)
  if (!always && now - msOf(at) < newMs) return null
  return <AsOf time={formatAge(at, now, language)} onRefresh={onRefresh} />
}
