import { View } from '@tarojs/components'
import { useState } from 'react'
import { Alert } from '@/components/alert'
import { Button } from '@/components/button'
import { Card, Section } from '@/components/section'
import { Stars } from '@/components/stars'
import { TextArea } from '@/components/text-area'
import type { Appointment } from '@/domain/appointment'
import { normalise } from '@/domain/typed'
import type { RateResult } from '@/pages/booking/parts/create-booking'
import { useBooking } from '@/pages/booking/parts/use-booking'
import { failureText } from '@/parts/failure'
import { useTextProblem } from '@/parts/use-text-problem'
import { useText } from '@/text'
import { attending } from '@/text/booking/appointment'
import { refusals } from '@/text/booking/refusals'
import { failures } from '@/text/parts/failures'

/** As long as the contract lets it be. */
const longestText = 500

/** The citizen's rating; what was typed stays until the city has it. */
export function RatingCard({ appointment }: { appointment: Appointment }) {
  const booking = useBooking()
  const t = useText(attending)
  const failed = useText(failures)
  const { sendUnsure, sendUnsureText } = useText(refusals)
  const names = t.stars.split('|')
  const [stars, setStars] = useState(0)
  const [text, setText] = useState('')
  const problem = useTextProblem('text', text, longestText)
  const [result, setResult] = useState<RateResult | null>(null)
  const rating = appointment.rating ?? (result?.kind === 'rated' ? result.rating : null)
  if (rating)
    return (
      <Section title={t.rated}>
        <Card>
          <Stars label={t.rated} value={rating.stars} names={names} />
          {rating.text && <View className="where__address">{rating.text}</View>}
        </Card>
      </Section>
    )
  const send = async () => {
    setResult(null)
    const comment = normalise('text', text)
    setResult(await booking.rate(appointment.cityId, appointment.id, { stars, ...(comment && { text: comment }) }))
  }
  return (
    <Section title={t.rate}>
      <Card>
        <Stars label={t.rate} value={stars} names={names} onChange={setStars} />
        {stars > 0 && (
          <View className="rate">
            <TextArea
              label={t.rateText}
              hint={t.rateTextHint}
              value={text}
              onChange={setText}
              maxLength={longestText}
              error={problem}
            />
            {result && result.kind !== 'rated' && (
              <Alert tone="bad" title={result.kind === 'unsure' ? sendUnsure : t.rateFailed} live>
                {result.kind === 'unsure' ? sendUnsureText : failureText(result.error, failed).text}
              </Alert>
            )}
            <Button block onTap={send} disabled={problem !== undefined} reason={problem}>
              {t.rateDo}
            </Button>
          </View>
        )}
      </Card>
    </Section>
  )
}
