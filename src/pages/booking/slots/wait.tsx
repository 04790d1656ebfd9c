import { View } from '@tarojs/components'
import { useState } from 'react'
import { Button } from '@/components/button'
import { Choice } from '@/components/choice'
import { Notice } from '@/components/notice'
import { Sheet } from '@/components/sheet'
import type { BookingRules } from '@/domain/manifest'
import { sayFailure } from '@/parts/failure'
import { mayBeDone } from '@/services/errors'
import { useText } from '@/text'
import { booking } from '@/text/booking'
import { failures } from '@/text/failures'
import { refusals } from '@/text/refusals'
import type { Part, Waiting } from './use-waiting'

/** As long as the contract's waitlist holds a place where the city does not say. */
const offerMinutes = 30

/** Waiting for a full day: what it means is said before it is asked for. */
export function Wait({ waiting, rules }: { waiting: Waiting; rules: BookingRules | null }) {
  const words = useText(booking)
  const failed = useText(failures)
  const [isOpen, setOpen] = useState(false)
  const [part, setPart] = useState<Part>('any')
  const { entry, error } = waiting
  const { waitUnsure, waitUnsureText } = useText(refusals)
  const isUnsure = error !== null && mayBeDone(error)
  if (!waiting.isOffered) return null
  if (entry)
    return (
      <Notice tone="ok" icon="bell" title={words.waitsAlready} live>
        {words.waitsText}
      </Notice>
    )
  const join = async () => {
    if (await waiting.join(part)) setOpen(false)
  }
  const parts = { any: words.wholeDay, morning: words.morning, afternoon: words.afternoon }
  return (
    <>
      <Button block kind="secondary" icon="bell" onTap={() => setOpen(true)}>
        {words.wait}
      </Button>
      <Sheet
        open={isOpen}
        title={words.wait}
        onClose={() => setOpen(false)}
        footer={
          <Button block onTap={join}>
            {words.waitDo}
          </Button>
        }
      >
        <View className="take__text">{words.waitText(rules?.waitlistOfferMinutes ?? offerMinutes)}</View>
        {error && (
          <Notice tone={isUnsure ? 'warn' : 'bad'} title={isUnsure ? waitUnsure : words.waitFailed} live>
            {isUnsure
              ? waitUnsureText
              : error.code === 'waitlist-limit'
                ? words.waitLimit
                : sayFailure(error, failed).text}
          </Notice>
        )}
        <Choice
          label={words.waitPart}
          value={part}
          onChange={(value) => setPart(value as Part)}
          options={(['any', 'morning', 'afternoon'] as const).map((value) => ({ value, label: parts[value] }))}
        />
      </Sheet>
    </>
  )
}
