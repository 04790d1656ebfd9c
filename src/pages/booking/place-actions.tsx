import { Button, ButtonRow } from '@/components/button'
import type { HallPlace } from '@/domain/hall'
import { platform } from '@/platform'
import { useText } from '@/text'
import { booking } from '@/text/booking'

/** The way to a hall and its telephone, as far as the host has a map. */
export function PlaceActions({ hall }: { hall: HallPlace }) {
  const words = useText(booking)
  const { openMap } = platform
  const { name, address, latitude, longitude } = hall
  return (
    <ButtonRow>
      {openMap && (
        <Button
          size="s"
          kind="quiet"
          icon="navigation"
          label={words.mapHall(name)}
          onTap={() => openMap({ name, address, latitude, longitude })}
        >
          {words.map}
        </Button>
      )}
      <Button size="s" kind="quiet" icon="phone" label={words.callHall(name)} onTap={() => platform.call(hall.phone)}>
        {words.call}
      </Button>
    </ButtonRow>
  )
}
