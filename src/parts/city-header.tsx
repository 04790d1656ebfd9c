import { View } from '@tarojs/components'
import { a11y } from '@/components/a11y'
import { Icon } from '@/components/icon'
import { go } from '@/lifecycle/go'
import { routes } from '@/routes'
import type { City } from '@/services/cities'
import { useText } from '@/text'
import { home } from '@/text/home'
import { useCityName } from './use-city-name'
import './city-header.scss'

const openCities = () => go(routes.cities())

/** The chosen city, at the top of its pages; a tap opens the choice of cities. */
export function CityHeader({ city }: { city: City }) {
  const t = useText(home)
  const name = useCityName()(city)
  return (
    <View
      className="city-header"
      hoverClass="press"
      onClick={openCities}
      {...a11y({ role: 'button', label: t.changeCity(name) })}
    >
      <Icon name="map-pin" tone="brand" />
      <View className="city-header__name">{name}</View>
      <Icon name="chevron-down" size="s" tone="quiet" />
    </View>
  )
}
