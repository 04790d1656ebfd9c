import { Cell, CellGroup } from '@/components/cell'
import { Card } from '@/components/section'
import { Skeleton } from '@/components/skeleton'
import type { AccountId, CityId } from '@/domain/ids'
import { go } from '@/lifecycle/go'
import { Failure } from '@/parts/failure'
import { Freshness } from '@/parts/freshness'
import { Nothing } from '@/parts/nothing'
import { routes } from '@/routes'
import type { ServiceError } from '@/services/errors'
import { useText } from '@/text'
import { account as accountText } from '@/text/billing/account'
import { BillCell } from '../parts/bill-cell'
import type { Listed } from './use-account'

interface Props {
  city: CityId
  account: AccountId
  listed: Listed | null
  error: ServiceError | null
  /** The biller could not be asked, so what was read earlier is worth showing. */
  showOpen: boolean
  onReload: () => Promise<void>
}

/** Bills as the city remembers them: maybe old, never a statement about today. */
export function AccountHistory({ city, account, listed, error, showOpen, onReload }: Props) {
  const t = useText(accountText)
  if (error) return <Failure error={error} onRetry={onReload} />
  if (listed === null)
    return (
      <CellGroup title={t.history}>
        <Skeleton kind="cell" count={3} />
      </CellGroup>
    )
  return (
    <>
      {showOpen && listed.open.length > 0 && (
        <CellGroup title={t.known} note={t.knownNote}>
          {listed.open.map((bill) => (
            <BillCell key={bill.id} bill={bill} />
          ))}
        </CellGroup>
      )}
      {listed.settled.length === 0 && !listed.hasMore ? (
        <Card>
          <Nothing loads={[listed.load]} onRetry={onReload} icon="history" title={t.noHistory} text={t.noHistoryText} />
        </Card>
      ) : (
        <>
          <CellGroup title={t.history}>
            {listed.settled.map((bill) => (
              <BillCell key={bill.id} bill={bill} />
            ))}
            {listed.hasMore && <Cell title={t.more} onTap={() => go(routes.billList({ city, account }))} />}
          </CellGroup>
          <Freshness city={city} at={listed.asOf} />
        </>
      )}
    </>
  )
}
