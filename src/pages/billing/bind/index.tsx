import { Alert } from '@/components/alert'
import { Cell, CellGroup } from '@/components/cell'
import { Message } from '@/components/empty'
import { Screen } from '@/components/screen'
import type { BillKind } from '@/domain/bill-kind'
import type { BillerId, CityId } from '@/domain/ids'
import { type Biller, isAsleep, type Manifest, takesActions } from '@/domain/manifest'
import { usePageTitle } from '@/lifecycle/use-page-title'
import { billIcon } from '@/parts/bill-kinds'
import { PageState, page } from '@/parts/page'
import { platform } from '@/platform'
import { readLink } from '@/routes'
import { services } from '@/services'
import { useText } from '@/text'
import { bind } from '@/text/billing/bind'
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
  const t = useText(bind)
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

function BindStep({ page }: { page: Bind }) {
  const { manifest, reload, step } = page
  switch (step.kind) {
    case 'biller':
      return (
        <PageState state={{ ...manifest, reload }} skeleton={[{ kind: 'cell', count: 6 }]}>
          {(ready) => <BillerStep manifest={ready.value} onChoose={page.chooseBiller} />}
        </PageState>
      )
    case 'number':
      return <NumberStep page={page} step={step} />
    case 'outcome':
      return <OutcomeStep page={page} step={step} />
    case 'confirm':
      return <ConfirmStep page={page} step={step} />
  }
}

function BindPageView({ city, biller }: { city: CityId; biller?: BillerId }) {
  const t = useText(bind)
  const own = useText(kinds)
  const page = useBind(city, biller)
  usePageTitle('biller' in page.step ? own[page.step.biller.kind].add : t.title)
  return <BindStep page={page} />
}

export default page({ link: (params) => readLink(params, ['city'], ['biller']), view: BindPageView })
