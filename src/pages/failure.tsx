import { ErrorState } from '@/components/empty'
import { Screen } from '@/components/screen'
import type { ServiceError } from '@/services/errors'
import { useText } from '@/text'
import { failures } from '@/text/failures'

interface Props {
  error: ServiceError
  onRetry?: (() => unknown) | undefined
  phone?: string | undefined
}

type Words = Readonly<Record<string, { title: string; text: string } | string>>

/** What a failed call means to a citizen. The city's own words win where it gave some. */
export function sayFailure(error: ServiceError, words: Words): { title: string; text: string } {
  const key = error.code === 'not-found' ? 'notFound' : error.code === 'city-read-only' ? 'readOnly' : error.kind
  const said = words[key]
  const { title, text } = typeof said === 'object' ? said : { title: '', text: '' }
  return { title, text: error.kind === 'refused' && error.detail ? error.detail : text }
}

/** A failed read, in the place of what was to be shown. */
export function Failure({ error, onRetry, phone }: Props) {
  const { title, text } = sayFailure(error, useText(failures))
  const icon = error.kind === 'offline' ? 'wifi-off' : 'alert-circle'
  const canRetry = error.retry !== 'never' || error.kind === 'signed-out' || error.kind === 'contract-broken'
  return (
    <ErrorState
      icon={icon}
      title={title}
      text={text}
      requestId={error.requestId}
      phone={phone}
      onRetry={canRetry ? onRetry : undefined}
      home
    />
  )
}

/** The whole page of a link that can not be read. */
export function BadLink() {
  const words = useText(failures)
  return (
    <Screen>
      <ErrorState icon="alert-circle" title={words.badLink.title} text={words.badLink.text} home />
    </Screen>
  )
}
