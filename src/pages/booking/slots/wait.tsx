import { View } from '@tarojs/components'
import { useState } from 'react'
import { Alert } from '@/components/alert'
import { Button } from '@/components/button'
import { Choice } from '@/components/choice'
import { Sheet } from '@/components/sheet'
import type { BookingRules } from '@/domain/manifest'
import { failureText } from '@/parts/failure'
import { mayBeDone } from '@/services/errors'
import { useText } from '@/text'
import { booking } from '@/text/booking/booking'
import { refusals } from '@/text/booking/refusals'
import { failures } from '@/text/parts/failures'
import type { Part, Waiting } from './use-waiting'

/** For how long the contract holds an offered place where the city does not say. */
const offerMinutes = 30

/** Joining the waitlist of a full day; what it means stands before the act. */
export function WaitForDay({ waiting, rules }: { waiting: Waiting; rules: BookingRules | null }) {
  const t = useText(booking)
  const failed = useText(failures)
  const [isOpen, setOpen] = useState(false)
  const [part, setPart] = useState<Part>('any')
  const { entry, error } = waiting
  const { waitUnsure, waitUnsureText } = useText(refusals)
  const isUnsure = error !== null && mayBeDone(error)
  if (!waiting.isOffered) return null
  if (entry)
    return (
      <Alert tone="ok" icon="bell" title={t.waitsAlready} live>
        {t.waitsText}
      </Alert>
    )
  const join = async () => {
    if (await waiting.join(part)) setOpen(false)
  }
  const parts = { any: t.wholeDay, morning: t.morning, afternoon: t.afternoon }
  return (
    <>
      <Button block kind="secondary" icon="bell" onTap={() => setOpen(true)}>
        {t.wait}
      </Button>
      <Sheet
        open={isOpen}
        title={t.wait}
        onClose={() => setOpen(false)}
        footer={
          <Button block onTap={join}>
            {t.waitDo}
          </Button>
        }
      >
        <View className="take__text">{t.waitText(rules?.waitlistOfferMinutes ?? offerMinutes)}</View>
        {error && (
          <Alert tone={isUnsure ? 'warn' : 'bad'} title={isUnsure ? waitUnsure : t.waitFailed} live>
            {isUnsure
              ? waitUnsureText
              : error.code === 'waitlist-limit'
                ? t.waitLimit
                : failureText(error, failed).text}
          </Alert>
        )}
        <Choice
          label={t.waitPart}
          value={part}
          onChange={(value) => setPart(value as Part)}
          options={(['any', 'morning', 'afternoon'] as const).map((value) => ({ value, label: parts[value] }))}
        />
      </Sheet>
    </>
  )
}
