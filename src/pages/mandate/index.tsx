import { View } from '@tarojs/components'
import { useState } from 'react'
import { Alert } from '@/components/alert'
import { Button } from '@/components/button'
import { Choice } from '@/components/choice'
import { Dialog } from '@/components/dialog'
import { Message } from '@/components/empty'
import { Fold } from '@/components/fold'
import { KeyValue } from '@/components/key-value'
import { Screen } from '@/components/screen'
import { Card, Section } from '@/components/section'
import { Sheet } from '@/components/sheet'
import type { AccountId, CityId } from '@/domain/ids'
import type { MandateTerms } from '@/domain/mandate'
import { formatFen } from '@/domain/money'
import { formatDate, formatMoment } from '@/domain/time'
import { go } from '@/lifecycle/go'
import { todayIn } from '@/lifecycle/use-server-now'
import { failureText } from '@/parts/failure'
import { PageState, page } from '@/parts/page'
import { readLink, routes, tabs } from '@/routes'
import { useLanguage, useText } from '@/text'
import { mandate as texts } from '@/text/mandate'
import { failures } from '@/text/parts/failures'
import { terms as common } from '@/text/terms'
import { MandateBills, NextCollection } from './bills'
import { Terms } from './terms'
import { type MandatePage, type MandateProblem, useMandatePage } from './use-mandate'

type Of<S extends MandatePage['status']> = { city: CityId; page: Extract<MandatePage, { status: S }> }

const noTerms: MandateTerms = { ceilingFen: null, endsOn: null }

function Problem({ problem, title }: { problem: MandateProblem; title: string }) {
  const t = useText(texts)
  const failed = useText(failures)
  if (problem === null) return null
  return (
    <Alert tone="bad" title={problem === 'not-opened' ? t.notOpened : title} live>
      {problem === 'not-opened' ? t.notOpenedText : failureText(problem, failed).text}
    </Alert>
  )
}

function Rules({ noticeDays }: { noticeDays: number }) {
  const { rules, rule } = useText(texts)
  return (
    <Section title={rules}>
      <Card>
        {[rule.notice(noticeDays), rule.once, rule.failed, rule.leave].map((text, at) => (
          <View key={text}>{`${at + 1}. ${text}`}</View>
        ))}
      </Card>
    </Section>
  )
}

function NoMandate({ city, page }: Of<'none'>) {
  const t = useText(texts)
  const { offers, list, last } = page
  const [kind, setKind] = useState<'view' | 'auto' | null>(null)
  const [terms, setTerms] = useState(noTerms)
  const { ceilingFen, endsOn } = terms
  const missing =
    kind === null
      ? t.choose
      : kind === 'auto' && ceilingFen === null
        ? t.chooseCeiling
        : kind === 'auto' && endsOn === null
          ? t.chooseUntil
          : undefined
  const maxFen = offers.autoPayMaxFen
  const why = last?.endReason ? t.why[last.endReason] : ''
  return (
    <Screen
      footer={
        <Button
          block
          disabled={missing !== undefined}
          reason={missing}
          onTap={() =>
            page.begin(kind === 'auto' && ceilingFen !== null && endsOn !== null ? { ceilingFen, endsOn } : null)
          }
        >
          {kind === 'auto' ? t.beginAuto : t.beginView}
        </Button>
      }
    >
      <Problem problem={page.problem} title={t.beginFailed} />
      {why !== '' && page.problem === null && <Alert>{why}</Alert>}
      <Section title={t.how} note={maxFen === null ? t.notHere : undefined}>
        <Choice
          label={t.how}
          labelHidden
          value={kind ?? undefined}
          options={[
            { value: 'view', label: t.view, note: t.viewNote },
            ...(maxFen === null ? [] : [{ value: 'auto', label: t.auto, note: t.autoNote(list.noticeDays) }]),
          ]}
          onChange={(value) => setKind(value === 'auto' ? 'auto' : 'view')}
        />
      </Section>
      {kind === 'auto' && maxFen !== null && (
        <>
          <Terms maxFen={maxFen} today={todayIn(city)} terms={terms} onChange={setTerms} />
          <Rules noticeDays={list.noticeDays} />
        </>
      )}
    </Screen>
  )
}

function Signing({ page }: Of<'signing'>) {
  const t = useText(texts)
  const { mandate } = page
  const { ceilingFen, endsOn } = mandate
  return (
    <Screen
      footer={
        <>
          <Button block onTap={page.reload}>
            {t.check}
          </Button>
          {ceilingFen !== undefined && endsOn !== undefined && (
            <Button block kind="secondary" onTap={() => page.begin({ ceilingFen, endsOn })}>
              {t.signAgain}
            </Button>
          )}
          <Button block kind="quiet" onTap={() => page.end(mandate)}>
            {t.giveUp}
          </Button>
        </>
      }
    >
      <Problem problem={page.problem} title={t.beginFailed} />
      <Message icon="hourglass" title={t.signing} text={t.signingText} />
    </Screen>
  )
}

function Standing({ city, page }: Of<'active'>) {
  const t = useText(texts)
  const { cancel, save } = useText(common)
  const language = useLanguage()
  const today = todayIn(city)
  const { mandate, list } = page
  const [open, setOpen] = useState<'nothing' | 'end' | 'change'>('nothing')
  const [terms, setTerms] = useState(noTerms)
  const isAuto = mandate.kind === 'auto-pay'
  const kind = isAuto ? ('auto' as const) : ('view' as const)
  const close = () => setOpen('nothing')
  const maxFen = Math.max(0, ...list.offers.flatMap(({ maxFen }) => maxFen ?? []))
  return (
    <Screen
      title={t.on[kind]}
      lead={t.onText[kind]}
      footer={
        <Button block kind="secondary" onTap={() => setOpen('end')}>
          {t.end}
        </Button>
      }
    >
      {isAuto && <NextCollection city={city} mandate={mandate} />}
      <Card>
        <KeyValue
          rows={[
            ...(mandate.ceilingFen === undefined
              ? []
              : [{ label: t.facts.ceiling, value: formatFen(mandate.ceilingFen, { symbol: true }) }]),
            ...(mandate.endsOn === undefined
              ? []
              : [{ label: t.facts.until, value: formatDate(mandate.endsOn, language, today) }]),
            { label: t.facts.since, value: formatMoment(mandate.beganAt, language, today) },
          ]}
        />
      </Card>
      <Fold title={t.bills}>
        <MandateBills city={city} mandate={mandate} />
        {isAuto && (
          <>
            <Button
              block
              kind="secondary"
              onTap={() => {
                setTerms({ ceilingFen: mandate.ceilingFen ?? null, endsOn: mandate.endsOn ?? null })
                setOpen('change')
              }}
            >
              {t.change}
            </Button>
            <Rules noticeDays={list.noticeDays} />
          </>
        )}
      </Fold>
      <Sheet
        open={open === 'change'}
        title={t.change}
        onClose={close}
        footer={
          <Button
            block
            onTap={async () => {
              const change = { ceilingFen: terms.ceilingFen ?? undefined, endsOn: terms.endsOn ?? undefined }
              if (await page.change(mandate, change)) close()
            }}
          >
            {save}
          </Button>
        }
      >
        <Problem problem={page.problem} title={t.changeFailed} />
        <Terms maxFen={maxFen} today={today} terms={terms} onChange={setTerms} />
      </Sheet>
      <Dialog
        open={open === 'end'}
        title={t.endAsk}
        actions={[
          {
            label: t.endYes,
            kind: 'danger',
            onTap: async () => {
              if (await page.end(mandate)) close()
            },
          },
          { label: cancel, kind: 'secondary', onTap: close },
        ]}
      >
        {isAuto ? t.endText : t.endTextView}
        <Problem problem={page.problem} title={t.endFailed} />
      </Dialog>
    </Screen>
  )
}

function Ended({ city, page }: Of<'ended'>) {
  const t = useText(texts)
  const { done } = useText(common)
  const { mandate } = page
  const payment = mandate.bills.find(({ state }) => state === 'collecting')?.paymentId
  return (
    <Screen
      footer={
        <Button block onTap={() => go.back(tabs.bills)}>
          {done}
        </Button>
      }
    >
      <Message icon="check-circle" title={t.ended} text={mandate.kind === 'auto-pay' ? t.endedText : t.endTextView} />
      {payment && (
        <Alert tone="warn" action={t.seePayment} onAction={() => go(routes.payment({ city, payment }))}>
          {t.underWay}
        </Alert>
      )}
      {mandate.bills.length > 0 && <MandateBills city={city} mandate={mandate} />}
    </Screen>
  )
}

function MandatePageView({ city, account }: { city: CityId; account: AccountId }) {
  return (
    <PageState state={useMandatePage(city, account)} skeleton={[{ kind: 'card' }, { kind: 'cell', count: 3 }]}>
      {(page) => {
        if (page.status === 'none') return <NoMandate city={city} page={page} />
        if (page.status === 'signing') return <Signing city={city} page={page} />
        if (page.status === 'ended') return <Ended city={city} page={page} />
        return <Standing city={city} page={page} />
      }}
    </PageState>
  )
}

export default page({
  link: (params) => readLink(params, ['city', 'account']),
  title: (language) => texts[language].title,
  view: MandatePageView,
})
