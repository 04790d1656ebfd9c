import { Alert } from '@/components/alert'
import { type Manifest, takesActions } from '@/domain/manifest'
import { platform } from '@/platform'
import { useText } from '@/text'
import { refusals } from '@/text/booking/refusals'

interface Props {
  /** Null while it is not known: nothing is shown then. */
  manifest: Manifest | null
  text: 'pausedText' | 'visitPaused' | 'holdPaused'
}

/** On every page of booking while the city is in maintenance: what is paused, that no deadline runs, whom to call. */
export function Maintenance({ manifest, text }: Props) {
  const t = useText(refusals)
  if (manifest === null || takesActions(manifest)) return null
  const { phone } = manifest
  return (
    <Alert tone="warn" title={t.paused} action={t.call(phone)} onAction={() => platform.call(phone)} live>
      {t[text]}
    </Alert>
  )
}
