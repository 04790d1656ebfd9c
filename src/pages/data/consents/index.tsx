import { View } from '@tarojs/components'
import { useState } from 'react'
import { Alert } from '@/components/alert'
import { Button } from '@/components/button'
import { Cell, CellGroup } from '@/components/cell'
import { Dialog } from '@/components/dialog'
import { KeyValue } from '@/components/key-value'
import { Screen } from '@/components/screen'
import { Card } from '@/components/section'
import { Sheet } from '@/components/sheet'
import { type ConsentRecord, consentStanding, textToAgree } from '@/domain/consent'
import type { CityId } from '@/domain/ids'
import { formatMoment } from '@/domain/time'
import { todayIn } from '@/lifecycle/use-server-now'
import { failureText } from '@/parts/failure'
import { Nothing } from '@/parts/nothing'
import { PageState, page } from '@/parts/page'
import { platform } from '@/platform'
import { readLink } from '@/routes'
import { useLanguage, useText } from '@/text'
import { consents } from '@/text/data/consents'
import { failures } from '@/text/parts/failures'
import { terms } from '@/text/terms'
import { type ConsentsPage, useConsentsPage } from './use-consents'

type Ready = Extract<ConsentsPage, { status: 'consents' }>
const tones = { given: 'plain', outdated: 'warn', withdrawn: 'plain' } as const

function Failed({ page }: { page: Ready }) {
  const t = useText(consents)
  const failed = useText(failures)
  if (page.failure === null) return null
  const { act, error } = page.failure
  return (
    <Alert tone="bad" title={t.failed[act]} live>
      {page.isTextChanged ? t.textChanged : failureText(error, failed).text}
    </Alert>
  )
}

/** One consent: what for, since when, in which words, and the way back. */
function ConsentFacts({ page, record, city }: { page: Ready; record: ConsentRecord; city: CityId }) {
  const t = useText(consents)
  const language = useLanguage()
  const { cancel } = useText(terms)
  const [asking, setAsking] = useState(false)
  const { consent, title, given, changedAt, agreed, current } = record
  const text = agreed ?? current
  const standing = consentStanding(record)
  const offered = textToAgree(record)
  const withdraw = async () => {
    setAsking(false)
    if (await page.withdraw(consent)) platform.toast(t.withdrawn)
  }
  const give = async () => {
    if (offered && (await page.give(offered))) platform.toast(t.agreed)
  }
  if (asking)
    return (
      <Dialog
        open
        title={t.withdrawAsk(title)}
        actions={[
          { label: t.withdraw, kind: 'danger', onTap: withdraw },
          { label: cancel, onTap: () => setAsking(false) },
        ]}
      >
        {t.effect[consent]}
      </Dialog>
    )
  return (
    <Sheet
      open
      title={title}
      onClose={() => page.show(null)}
      footer={
        <>
          <Failed page={page} />
          {offered && (
            <Button block onTap={give}>
              {given ? t.agreeNew : t.agree}
            </Button>
          )}
          {given && (
            <Button block kind="secondary" onTap={() => setAsking(true)}>
              {t.withdraw}
            </Button>
          )}
        </>
      }
    >
      <KeyValue
        rows={[
          ...(text ? [{ label: t.purpose, value: text.purpose }] : []),
          { label: given ? t.givenAt : t.withdrawnAt, value: formatMoment(changedAt, language, todayIn(city)) },
          { label: t.version, value: agreed ? t.versionOf(agreed.version) : t.noVersion },
        ]}
      />
      {standing === 'outdated' && <Alert tone="warn">{t.outdatedText}</Alert>}
      {agreed && <Card title={t.content}>{agreed.text}</Card>}
      {offered && <Card title={t.current(offered.version)}>{offered.text}</Card>}
      {text && <View className="tone-quiet">{t.without(text.without)}</View>}
    </Sheet>
  )
}

function Consents({ page, city }: { page: Ready; city: CityId }) {
  const t = useText(consents)
  const language = useLanguage()
  const today = todayIn(city)
  return (
    <>
      <CellGroup>
        {page.records.map((record) => {
          const { consent, title, agreed, current, given, changedAt } = record
          const standing = consentStanding(record)
          const purpose = (agreed ?? current)?.purpose
          const when = `${given ? t.givenAt : t.withdrawnAt} ${formatMoment(changedAt, language, today)}`
          return (
            <Cell
              key={consent}
              title={title}
              note={[purpose, when].filter(Boolean).join('\n')}
              tag={t.standing[standing]}
              tagTone={tones[standing]}
              id={consent}
              onTap={() => page.show(consent)}
            />
          )
        })}
      </CellGroup>
      {page.open && <ConsentFacts page={page} record={page.open} city={city} />}
    </>
  )
}

function ConsentsPageView({ city }: { city: CityId }) {
  const t = useText(consents)
  const skeleton = { kind: 'cell', count: 3 } as const
  return (
    <Screen title={t.title} lead={t.lead}>
      <PageState part state={useConsentsPage(city)} skeleton={[skeleton]}>
        {(page) =>
          page.status === 'consents' ? (
            <Consents page={page} city={city} />
          ) : (
            <Nothing
              loads={[page.load]}
              onRetry={page.reload}
              skeleton={skeleton}
              icon="shield"
              title={t.none}
              text={t.noneText}
            />
          )
        }
      </PageState>
    </Screen>
  )
}

export default page({
  link: (params) => readLink(params, ['city']),
  title: (language) => consents[language].title,
  view: ConsentsPageView,
})
