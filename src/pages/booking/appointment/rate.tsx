import { View } from '@tarojs/components'
import { useState } from 'react'
import { Alert } from '@/components/alert'
import { Button } from '@/components/button'
import { Card, Section } from '@/components/section'
import { Stars } from '@/components/stars'
import { TextArea } from '@/components/text-area'
import type { Appointment } from '@/domain/appointment'
import { normalise } from '@/domain/typed'
import { sayFailure } from '@/parts/failure'
import { useTextProblem } from '@/parts/use-text-problem'
import { services } from '@/services'
import { asServiceError, mayBeDone, type ServiceError } from '@/services/errors'
import { useText } from '@/text'
import { attending } from '@/text/booking/appointment'
import { refusals } from '@/text/booking/refusals'
import { failures } from '@/text/parts/failures'

/** As long as the contract lets it be. */
const longestText = 500

type Rating = NonNullable<Appointment['rating']>

/** What the citizen thought of it; what was typed stays until the city has it. */
export function Rate({ visit }: { visit: Appointment }) {
  const t = useText(attending)
  const failed = useText(failures)
  const { sendUnsure, sendUnsureText } = useText(refusals)
  const names = t.stars.split('|')
  const [stars, setStars] = useState(0)
  const [text, setText] = useState('')
  const problem = useTextProblem('text', text, longestText)
  const [sent, setSent] = useState<Rating | null>(null)
  const [failure, setFailure] = useState<{ error: ServiceError; isUnsure: boolean } | null>(null)
  const rating = visit.rating ?? sent
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
    setFailure(null)
    const kept = normalise('text', text)
    const said: Rating = { stars, ...(kept && { text: kept }) }
    try {
      await services.appointments.rate(visit.cityId, visit.id, said)
      setSent(said)
    } catch (thrown) {
      const error = asServiceError(thrown)
      const now = mayBeDone(error) ? await services.appointments.get(visit.cityId, visit.id).catch(() => null) : null
      if (now?.rating) setSent(now.rating)
      else setFailure({ error, isUnsure: mayBeDone(error) && now === null })
    }
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
            {failure && (
              <Alert tone="bad" title={failure.isUnsure ? sendUnsure : t.rateFailed} live>
                {failure.isUnsure ? sendUnsureText : sayFailure(failure.error, failed).text}
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
