import { Alert } from '@/components/alert'
import { Button, ButtonRow } from '@/components/button'
import { CellGroup } from '@/components/cell'
import { Message } from '@/components/empty'
import type { IconName } from '@/components/icon'
import { Card } from '@/components/section'
import { Skeleton } from '@/components/skeleton'
import { type Lookup, type LookupOutcome, sortBills } from '@/domain/bill'
import type { BillKind } from '@/domain/bill-kind'
import type { CityId } from '@/domain/ids'
import type { Biller } from '@/domain/manifest'
import { dayOf, formatMoment } from '@/domain/time'
import { go } from '@/lifecycle/go'
import { failureText } from '@/parts/failure'
import { Freshness } from '@/parts/freshness'
import { platform } from '@/platform'
import type { Load } from '@/queries/use-load'
import { routes } from '@/routes'
import { services } from '@/services'
import { useJoin, useLanguage, useText } from '@/text'
import { account as accountText } from '@/text/billing/account'
import { kinds } from '@/text/kinds'
import { failures } from '@/text/parts/failures'
import { BillCell } from '../parts/bill-cell'

const icons: Readonly<Record<LookupOutcome, IconName>> = {
  bill: 'receipt',
  'nothing-due': 'check-circle',
  'no-account': 'search',
  'biller-closed': 'moon',
  'not-answering': 'hourglass',
  unlisted: 'info',
}

interface Props {
  city: CityId
  kind: BillKind
  lookup: Load<Lookup>
  biller: Biller | null
  onLookUp: () => Promise<void>
}

/** What is due according to the biller. Each outcome and each error has its own text: only `nothing-due` means that nothing is. */
export function AccountLookup({ city, kind, lookup, biller, onLookUp }: Props) {
  const t = useText(accountText)
  const failed = useText(failures)
  const join = useJoin()
  if (lookup.status === 'loading')
    return (
      <CellGroup title={t.due} note={t.asking}>
        <Skeleton kind="cell" count={2} />
      </CellGroup>
    )
  const error = lookup.status === 'failed' ? lookup.error : lookup.refreshError
  if (error) {
    const { title, text } = failureText(error, failed)
    // A limit says when the next question may come.
    const reason = error.code === 'too-many-requests' ? text : title
    return (
      <Alert tone="warn" title={t.lookUpFailed} action={t.lookUpAgain} onAction={onLookUp} live>
        {join([reason, t.lookUpFailedText], 'stop')}
      </Alert>
    )
  }
  return lookup.status === 'ready' ? (
    <LookupResult city={city} kind={kind} lookup={lookup.value} biller={biller} onLookUp={onLookUp} />
  ) : null
}

function LookupResult({ city, kind, lookup, biller, onLookUp }: Omit<Props, 'lookup'> & { lookup: Lookup }) {
  const t = useText(accountText)
  const language = useLanguage()
  const now = services.serverNow(city)
  const join = useJoin()
  const own = useText(kinds)[kind]
  const { outcome } = lookup
  const freshness = <Freshness city={city} at={lookup.askedAt} always onRefresh={onLookUp} />
  if (lookup.outcome === 'bill')
    return (
      <>
        <CellGroup title={t.due}>
          {sortBills(lookup.bills).map((bill) => (
            <BillCell key={bill.id} bill={bill} />
          ))}
        </CellGroup>
        {freshness}
      </>
    )
  const { title, text } = t.outcome[outcome]
  const reason = outcome === 'nothing-due' ? own.nothingDue : outcome === 'no-account' ? own.gone : text
  return (
    <Card>
      <Message
        icon={icons[outcome]}
        title={
          lookup.outcome === 'biller-closed'
            ? join([title, t.closedUntil(formatMoment(lookup.closedUntil, language, dayOf(now)))])
            : title
        }
        text={reason}
      />
      {outcome !== 'nothing-due' && (
        <ButtonRow>
          {outcome === 'no-account' ? (
            <Button size="s" kind="secondary" onTap={() => go(routes.bind({ city, biller: biller?.id }))}>
              {t.rebind}
            </Button>
          ) : (
            <Button size="s" kind="secondary" icon="refresh" onTap={onLookUp}>
              {t.lookUpAgain}
            </Button>
          )}
          {biller && (
            <Button size="s" kind="secondary" icon="phone" onTap={() => platform.call(biller.phone)}>
              {t.callBiller(biller.phone)}
            </Button>
          )}
        </ButtonRow>
      )}
      {freshness}
    </Card>
  )
}
