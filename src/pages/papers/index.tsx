import { Alert } from '@/components/alert'
import { Cell, CellGroup } from '@/components/cell'
import { Message } from '@/components/empty'
import { Screen } from '@/components/screen'
import { Skeleton } from '@/components/skeleton'
import type { CityId, PaymentId } from '@/domain/ids'
import { Failure, failureText } from '@/parts/failure'
import { Nothing } from '@/parts/nothing'
import { page } from '@/parts/page'
import { platform } from '@/platform'
import { readLink } from '@/routes'
import { useText } from '@/text'
import { papers } from '@/text/papers'
import { failures } from '@/text/parts/failures'
import { PaperCard } from './paper-card'
import { TitleForm } from './title-form'
import { usePapersPage } from './use-papers'
import './index.scss'

function PapersPageView({ city, payment }: { city: CityId; payment: PaymentId }) {
  const t = useText(papers)
  const failed = useText(failures)
  const page = usePapersPage(city, payment)
  const { load, reload, problem, asking, keptTitle } = page
  if (load === null)
    return (
      <Screen>
        <Message deadEnd icon="file-text" title={t.notOffered} text={t.notOfferedText} />
      </Screen>
    )
  if (load.status === 'failed')
    return (
      <Screen>
        <Failure error={load.error} onRetry={reload} />
      </Screen>
    )
  const forget = async () => platform.toast((await page.forget()) ? t.forgot : t.forgetFailed)
  return (
    <Screen>
      {problem && asking === null && (
        <Alert tone="bad" title={t.askFailed} live>
          {failureText(problem, failed).text}
        </Alert>
      )}
      {load.status === 'loading' && <Skeleton kind="card" />}
      {load.status === 'ready' && load.value.length === 0 && (
        <Nothing deadEnd loads={[load]} onRetry={reload} icon="file-text" title={t.none} text={t.noneText} />
      )}
      {load.status === 'ready' &&
        load.value.map((paper) => (
          <PaperCard key={paper.billerId} city={city} payment={payment} paper={paper} page={page} />
        ))}
      {keptTitle && (
        <CellGroup>
          <Cell icon="x-circle" title={t.forget} note={keptTitle.name} onTap={forget} arrow={false} />
        </CellGroup>
      )}
      <TitleForm page={page} />
    </Screen>
  )
}

export default page({
  link: (params) => readLink(params, ['city', 'payment']),
  title: (language) => papers[language].title,
  view: PapersPageView,
})
