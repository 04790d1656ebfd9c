import { Cell, CellGroup } from '@/components/cell'
import { Empty } from '@/components/empty'
import { AsOf } from '@/components/notice'
import { Card } from '@/components/section'
import { Skeleton } from '@/components/skeleton'
import type { AccountId, CityId } from '@/domain/ids'
import { formatAge } from '@/domain/time'
import { Failure } from '@/pages/failure'
import { routes } from '@/pages/routes'
import { platform } from '@/platform'
import { services } from '@/services'
import type { ServiceError } from '@/services/errors'
import { useLanguage, useText } from '@/text'
import { billing } from '@/text/billing'
import { BillCell } from '../bill-cell'
import type { Listed } from './use-account'

interface Props {
  city: CityId
  account: AccountId
  listed: Listed | null
  error: ServiceError | null
  /** The biller could not be asked, so what was heard of earlier is worth showing. */
  showOpen: boolean
  onReload: () => Promise<void>
}

/** Bills as the city remembers them: maybe old, never a statement about today. */
export function HistoryPart({ city, account, listed, error, showOpen, onReload }: Props) {
  const { account: words } = useText(billing)
  const language = useLanguage()
  if (error) return <Failure error={error} onRetry={onReload} />
  if (listed === null)
    return (
      <CellGroup title={words.history}>
        <Skeleton kind="cell" count={3} />
      </CellGroup>
    )
  return (
    <>
      {showOpen && listed.open.length > 0 && (
        <CellGroup title={words.known} note={words.knownNote}>
          {listed.open.map((bill) => (
            <BillCell key={bill.id} bill={bill} />
          ))}
        </CellGroup>
      )}
      {listed.settled.length === 0 && !listed.hasMore ? (
        <Card>
          <Empty icon="history" title={words.noHistory} text={words.noHistoryText} />
        </Card>
      ) : (
        <>
          <CellGroup title={words.history}>
            {listed.settled.map((bill) => (
              <BillCell key={bill.id} bill={bill} />
            ))}
            {listed.hasMore && (
              <Cell title={words.more} onTap={() => platform.navigation.to(routes.billList({ city, account }))} />
            )}
          </CellGroup>
          <AsOf old={listed.isOld} time={formatAge(listed.asOf, services.serverNow(city), language)} />
        </>
      )}
    </>
  )
}
