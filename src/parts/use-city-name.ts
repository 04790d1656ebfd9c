import { useCallback } from 'react'
import type { City } from '@/services/cities'
import { useLanguage } from '@/text'

/** Names a city in the citizen's language. */
export function useCityName(): (city: City) => string {
  const language = useLanguage()
  return useCallback((city) => (language === 'en' ? city.latin : city.name), [language])
}
