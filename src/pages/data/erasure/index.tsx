import { useState } from 'react'
import { Button } from '@/components/button'
import { Cell, CellGroup } from '@/components/cell'
import { Check } from '@/components/choice'
import { Dialog } from '@/components/dialog'
import { Message } from '@/components/empty'
import { Screen } from '@/components/screen'
import { Card, Section } from '@/components/section'
import type { CityId } from '@/domain/ids'
import { go } from '@/lifecycle/go'
import { PageState, page } from '@/parts/page'
import { readLink, routes } from '@/routes'
import { useText } from '@/text'
import { erasure } from '@/text/data/erasure'
import { terms } from '@/text/terms'
import { Attempt } from './attempt'
import { type ErasurePage, useErasure } from './use-erasure'

function Asking({ page, city }: { page: Extract<ErasurePage, { status: 'asking' }>; city: CityId }) {
  const t = useText(erasure)
  const { cancel } = useText(terms)
  const [isAsking, setAsking] = useState(false)
  const { isUnderstood } = page
  const yes = () => {
    setAsking(false)
    return page.erase()
  }
  return (
    <Screen
      title={t.title}
      lead={t.lead}
      footer={
        <Button
          block
          kind="danger"
          disabled={!isUnderstood}
          reason={isUnderstood ? undefined : t.tick}
          onTap={() => setAsking(true)}
        >
          {t.erase}
        </Button>
      }
    >
      <Attempt page={page} city={city} />
      <Section title={t.lost}>
        <CellGroup>
          <Cell icon="user" title={t.lostRows.who} note={page.citizen.maskedName} />
          <Cell icon="receipt" title={t.lostRows.accounts} />
          <Cell icon="calendar" title={t.lostRows.visits} />
          <Cell icon="history" title={t.lostRows.others} />
        </CellGroup>
      </Section>
      <Section title={t.kept}>
        <Card>{t.keptText}</Card>
        <CellGroup>
          <Cell icon="wallet" title={t.payments} id={routes.payments({ city })} onTap={go} />
          <Cell icon="file-text" title={t.copyFirst} id={routes.dataCopy({ city })} onTap={go} />
        </CellGroup>
      </Section>
      <Check label={t.understood} checked={isUnderstood} onChange={page.setUnderstood} />
      <Dialog
        open={isAsking}
        title={t.ask}
        actions={[
          { label: t.yes, kind: 'danger', onTap: yes },
          { label: cancel, onTap: () => setAsking(false) },
        ]}
      >
        {t.askText}
      </Dialog>
    </Screen>
  )
}

function Erased() {
  const t = useText(erasure)
  return (
    <Screen>
      <Message icon="check-circle" title={t.done} text={t.doneText} />
      <Section title={t.left} note={t.leftText}>
        <CellGroup>
          <Cell icon="list-checks" title={t.phone} id={routes.phoneData()} onTap={go} />
        </CellGroup>
      </Section>
    </Screen>
  )
}

function ErasurePageView({ city }: { city: CityId }) {
  return (
    <PageState state={useErasure(city)} skeleton={[{ kind: 'card', count: 2 }]}>
      {(page) => (page.status === 'erased' ? <Erased /> : <Asking page={page} city={city} />)}
    </PageState>
  )
}

export default page({
  link: (params) => readLink(params, ['city']),
  title: (language) => erasure[language].title,
  view: ErasurePageView,
})
