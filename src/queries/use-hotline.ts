import { cityLine } from '@/domain/manifest'
import { useWhileVisible } from '@/lifecycle/use-visible'
import { services } from '@/services'
import { stores } from '@/stores'
import { useTheme } from '@/theme/theme'

/** The number that elder mode offers at a dead end: the chosen city's line as last known; null in the usual mode. */
export function useHotline(): string | null {
  const { elder } = useTheme()
  const city = useWhileVisible(stores.city, (state) => state.city)
  if (!elder) return null
  return (city && services.manifest.cached(city)?.value.phone) || cityLine
}
