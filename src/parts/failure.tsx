import { ErrorState } from '@/components/empty'
import { Screen } from '@/components/screen'
import type { ServiceError } from '@/services/errors'
import { useText } from '@/text'
import { failures } from '@/text/parts/failures'

interface Props {
  error: ServiceError
  onRetry?: (() => unknown) | undefined
  phone?: string | undefined
}

type Words = ReturnType<typeof useText<(typeof failures)['zh-CN']>>

/**
 * What a failed call means to a citizen. Each kind must have its text, or this does not compile; an error from elsewhere
 * means that the app failed. The city's own text wins where there is one, and is all there is for a refusal that this version
 * does not know.
 */
export function failureText(error: ServiceError, t: Words): { title: string; text: string } {
  const { code, kind, retryAfterSeconds, title, detail } = error
  if (code === 'not-found') return { title: t.notFound.title, text: detail || t.notFound.text }
  if (code === 'city-read-only') return { title: t.readOnly.title, text: detail || t.readOnly.text }
  const usual: { title: string; text: string } | undefined = t[kind]
  if (usual === undefined) return t['app-error']
  if (code === 'too-many-requests' && detail) return { title: t.tooMany, text: detail }
  if (kind === 'busy' && retryAfterSeconds) return { title: usual.title, text: t.busyFor(retryAfterSeconds) }
  if (kind !== 'refused') return usual
  return { title: (code === 'unlisted' && title) || usual.title, text: detail || usual.text }
}

/** A failed read, instead of the content. */
export function Failure({ error, onRetry, phone }: Props) {
  const { title, text } = failureText(error, useText(failures))
  const icon = error.kind === 'offline' ? 'wifi-off' : 'alert-circle'
  const canRetry =
    error.retry !== 'never' ||
    error.kind === 'signed-out' ||
    error.kind === 'contract-broken' ||
    error.kind === 'app-outdated'
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

/** The whole page, for a link that cannot be read. */
export function BadLink() {
  const t = useText(failures)
  return (
    <Screen>
      <ErrorState icon="alert-circle" title={t.badLink.title} text={t.badLink.text} home />
    </Screen>
  )
}
