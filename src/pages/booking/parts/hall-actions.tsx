import { Button, ButtonRow } from '@/components/button'
import type { HallLocation } from '@/domain/hall'
import { platform } from '@/platform'
import { useText } from '@/text'
import { booking } from '@/text/booking/booking'
import { terms } from '@/text/terms'

/** The way to a hall in the host's map, or its address to copy where there is none; its telephone; its hours. */
export function HallActions({ hall, onHours }: { hall: HallLocation; onHours?: () => void }) {
  const t = useText(booking)
  const { copied } = useText(terms)
  const { openMap } = platform
  const { name, address, latitude, longitude } = hall
  const copy = async () => {
    if (await platform.copy(address)) platform.toast(copied)
  }
  return (
    <ButtonRow>
      {openMap ? (
        <Button
          size="s"
          kind="quiet"
          icon="navigation"
          label={t.mapHall(name)}
          onTap={() => openMap({ name, address, latitude, longitude })}
        >
          {t.map}
        </Button>
      ) : (
        <Button size="s" kind="quiet" icon="copy" label={t.copyHall(name)} onTap={copy}>
          {t.address}
        </Button>
      )}
      <Button size="s" kind="quiet" icon="phone" label={t.callHall(name)} onTap={() => platform.call(hall.phone)}>
        {t.call}
      </Button>
      {onHours && (
        <Button size="s" kind="quiet" icon="clock" label={t.hoursOf(name)} onTap={onHours}>
          {t.hours}
        </Button>
      )}
    </ButtonRow>
  )
}
