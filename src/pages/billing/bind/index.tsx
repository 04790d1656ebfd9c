import { useRouter } from '@tarojs/taro'
import { Alert } from '@/components/alert'
import { Cell, CellGroup } from '@/components/cell'
import { Message } from '@/components/empty'
import { guarded } from '@/components/guarded'
import { Screen } from '@/components/screen'
import { Skeleton } from '@/components/skeleton'
import type { BillKind } from '@/domain/bill-kind'
import type { BillerId, CityId } from '@/domain/ids'
import { type Biller, isAsleep, type Manifest, takesActions } from '@/domain/manifest'
import { usePageTitle } from '@/lifecycle/use-page-title'
import { billIcon } from '@/parts/bill-kinds'
import { BadLink, Failure } from '@/parts/failure'
import { platform } from '@/platform'
import { readLink } from '@/routes'
import { services } from '@/services'
import { useText } from '@/text'
import { billing } from '@/text/billing/accounts'
import { bills } from '@/text/bills'
import { kinds } from '@/text/kinds'
import { ConfirmStep } from './confirm-step'
import { NumberStep } from './number-step'
import { OutcomeStep } from './outcome-step'
import { type Bind, useBind } from './use-bind'

/** Billers by kind, the kinds in the city's order. */
function byKind(billers: readonly Biller[]): [BillKind, Biller[]][] {
  const groups = new Map<BillKind, Biller[]>()
  for (const biller of billers) groups.set(biller.kind, [...(groups.get(biller.kind) ?? []), biller])
  return Array.from(groups)
}

function BillerStep({ manifest, onChoose }: { manifest: Manifest; onChoose: (id: string) => void }) {
  const { bind: t } = useText(billing)
  const { kind, readOnly, readOnlyText } = useText(bills)
  if (manifest.billers.length === 0)
    return (
      <Screen>
        <Message
          icon="wallet"
          title={t.noBillers}
          text={t.noBillersText}
          action={t.callBiller(manifest.phone)}
          onAction={() => platform.call(manifest.phone)}
        />
      </Screen>
    )
  const now = services.serverNow(manifest.cityId)
  return (
    <Screen title={t.chooseBiller} lead={`${manifest.name} · ${t.chooseLead}`}>
      {!takesActions(manifest) && (
        <Alert tone="warn" title={readOnly}>
          {readOnlyText}
        </Alert>
      )}
      {byKind(manifest.billers).map(([group, billers]) => (
        <CellGroup key={group} title={kind[group]}>
          {billers.map((biller) => (
            <Cell
              key={biller.id}
              icon={billIcon[biller.kind]}
              title={biller.name}
              note={biller.asleep && isAsleep(biller, now) ? t.asleepUntil(biller.asleep.to) : undefined}
              id={biller.id}
              onTap={onChoose}
            />
          ))}
        </CellGroup>
      ))}
    </Screen>
  )
}

function Steps({ page }: { page: Bind }) {
  const { manifest, step } = page
  switch (step.step) {
    case 'biller':
      if (manifest.status === 'ready') return <BillerStep manifest={manifest.value} onChoose={page.chooseBiller} />
      return (
        <Screen>
          {manifest.status === 'loading' ? (
            <Skeleton kind="cell" count={6} />
          ) : (
            <Failure error={manifest.error} onRetry={page.reload} />
          )}
        </Screen>
      )
    case 'number':
      return <NumberStep page={page} step={step} />
    case 'outcome':
      return <OutcomeStep page={page} step={step} />
    case 'confirm':
      return <ConfirmStep page={page} step={step} />
  }
}

function Linked({ city, biller }: { city: CityId; biller: BillerId | undefined }) {
  const { bind: t } = useText(billing)
  const own = useText(kinds)
  const page = useBind(city, biller)
  usePageTitle('biller' in page.step ? own[page.step.biller.kind].add : t.title)
  return <Steps page={page} />
}

function BindPage() {
  const link = readLink(useRouter().params, ['city'], ['biller'])
  return link ? <Linked city={link.city} biller={link.biller} /> : <BadLink />
}

export default guarded(BindPage)
