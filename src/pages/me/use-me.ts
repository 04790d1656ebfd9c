import type { Citizen } from '@/domain/citizen'
import type { CityId } from '@/domain/ids'
import { hasFeature, type Manifest } from '@/domain/manifest'
import { useWhileVisible } from '@/lifecycle/use-visible'
import { useCitizen } from '@/queries/use-citizen'
import { type Load, valueOf } from '@/queries/use-load'
import { services } from '@/services'
import { stores } from '@/stores'
import { nameIn } from '@/stores/session'

export interface Me {
  readonly city: CityId | null
  /** Masked; null until the city has sent it. */
  readonly name: string | null
  readonly citizen: Load<Citizen>
  readonly manifest: Manifest | null
  /** False when the city's manifest says that it takes no reports. */
  readonly takesReports: boolean
  readonly hasMessages: boolean
  /** Of the messages, as far as it is known. */
  readonly unread: number
  readonly reload: () => Promise<void>
}

export function useMe(): Me {
  const city = useWhileVisible(stores.city, (state) => state.city)
  const name = useWhileVisible(stores.session, (state) => (city ? nameIn(state, city) : null))
  const [citizen, reload] = useCitizen(city)
  const manifest = city ? (services.manifest.cached(city)?.value ?? null) : null
  const takesReports = manifest === null || hasFeature(manifest, 'reports')
  const hasMessages = manifest !== null && hasFeature(manifest, 'messages')
  // In the answer that this page reads anyway.
  const unread = valueOf(citizen)?.unreadMessages ?? 0
  return { city, name, citizen, manifest, takesReports, hasMessages, unread, reload }
}
