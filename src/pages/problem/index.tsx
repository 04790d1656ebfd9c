import { useRouter } from '@tarojs/taro'
import { ErrorState } from '@/components/empty'
import { guarded } from '@/components/guarded'
import { Screen } from '@/components/screen'
import { readId } from '@/domain/ids'
import { useText } from '@/text'
import { failures } from '@/text/parts/failures'

/** Where an error ends that no page caught. */
function ProblemPage() {
  const t = useText(failures)['app-error']
  const requestId = readId(useRouter().params.requestId)
  return (
    <Screen>
      <ErrorState title={t.title} text={t.text} requestId={requestId ?? undefined} home />
    </Screen>
  )
}

export default guarded(ProblemPage)
