import { Cell, CellGroup } from '@/components/cell'
import { Message } from '@/components/empty'
import { Screen } from '@/components/screen'
import type { BillerId, CityId } from '@/domain/ids'
import type { Manifest } from '@/domain/manifest'
import { findersOf } from '@/domain/unbound'
import { billIcon } from '@/parts/bill-kinds'
import { PageState, page } from '@/parts/page'
import { readLink } from '@/routes'
import { useText } from '@/text'
import { unbound } from '@/text/unbound'
import { FoundStep } from './found-step'
import { NumberStep } from './number-step'
import { OutcomeStep } from './outcome-step'
import { useFind } from './use-find'

function BillerStep({ manifest, onChoose }: { manifest: Manifest; onChoose: (id: string) => void }) {
  const t = useText(unbound)
  const finders = findersOf(manifest)
  if (finders.length === 0)
    return (
      <Screen>
        <Message deadEnd icon="wallet" title={t.none} text={t.noneText(manifest.phone)} />
      </Screen>
    )
  return (
    <Screen title={t.title} lead={t.lead}>
      {finders.map(({ by, billers }) => (
        <CellGroup key={by} title={t.by[by]} note={t.byNote[by]}>
          {billers.map(({ id, kind, name }) => (
            <Cell key={id} id={id} icon={billIcon[kind]} title={name} onTap={onChoose} />
          ))}
        </CellGroup>
      ))}
    </Screen>
  )
}

function FindPageView({ city, biller }: { city: CityId; biller?: BillerId }) {
  const page = useFind(city, biller)
  const { step, manifest, reload } = page
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
    case 'found':
      return <FoundStep page={page} step={step} />
  }
}

export default page({
  link: (params) => readLink(params, ['city'], ['biller']),
  title: (language) => unbound[language].title,
  view: FindPageView,
})
