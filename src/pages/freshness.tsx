import { AsOf } from '@/components/notice'
import type { CityId } from '@/domain/ids'
import { formatAge, type Instant } from '@/domain/time'
import { services } from '@/services'
import { useLanguage } from '@/text'
import { useTick } from './use-tick'

interface Props {
  /** Whose clock counts. */
  city: CityId
  at: Instant
  /** It could not be brought up to date. */
  old?: boolean
  onRefresh?: (() => unknown) | undefined
}

/** How old is what is shown. It goes on counting while the page is looked at: "just now" does not stay. */
export function Freshness({ city, at, old = false, onRefresh }: Props) {
  const language = useLanguage()
  useTick()
  return <AsOf old={old} time={formatAge(at, services.serverNow(city), language)} onRefresh={onRefresh} />
}
