import { ErrorState } from '@/components/empty'
import { Screen } from '@/components/screen'
import { readId } from '@/domain/ids'
import { page } from '@/parts/page'
import { useText } from '@/text'
import { failures } from '@/text/parts/failures'

/** Where an error ends that no page caught. */
function ProblemPage({ requestId }: { requestId: string | undefined }) {
  const t = useText(failures)['app-error']
  return (
    <Screen>
      <ErrorState title={t.title} text={t.text} requestId={requestId} home />
    </Screen>
  )
}

export default page({ link: ({ requestId }) => ({ requestId: readId(requestId) ?? undefined }), view: ProblemPage })
