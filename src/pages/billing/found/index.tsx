import { View } from '@tarojs/components'
import { Alert } from '@/components/alert'
import { Amount } from '@/components/amount'
import { Button } from '@/components/button'
import { Message } from '@/components/empty'
import { KeyValue, type KeyValueRow } from '@/components/key-value'
import { Screen } from '@/components/screen'
import { Card } from '@/components/section'
import type { FineTerms } from '@/domain/bill'
import type { BillId, CityId } from '@/domain/ids'
import { formatFen } from '@/domain/money'
import { dayOf, formatDate } from '@/domain/time'
import { surchargeStanding } from '@/domain/unbound'
import { go } from '@/lifecycle/go'
import { usePageTitle } from '@/lifecycle/use-page-title'
import { billIcon } from '@/parts/bill-kinds'
import { Freshness } from '@/parts/freshness'
import { OpenPayments } from '@/parts/open-payments'
import { PageState, page } from '@/parts/page'
import { platform } from '@/platform'
import { readLink, routes } from '@/routes'
import { services } from '@/services'
import { useLanguage, useText } from '@/text'
import { bill as billText } from '@/text/billing/bill'
import { kinds } from '@/text/kinds'
import { unbound } from '@/text/unbound'
import { type LoadedBill, useFoundBill } from './use-found-bill'

const yuan = (fen: number) => formatFen(fen, { symbol: true })

type Rows = readonly (KeyValueRow | false | '' | undefined | null)[]
const present = (rows: Rows) => rows.filter((row): row is KeyValueRow => Boolean(row))

const useDay = (city: CityId) => {
  const language = useLanguage()
  const today = dayOf(services.serverNow(city))
  return (day: string) => formatDate(day, language, today)
}

/** Why it cannot be paid here now. */
function NotNow({ page: { bill, biller, step } }: { page: LoadedBill }) {
  const t = useText(billText)
  if (step.kind !== 'nothing') return null
  const texts = {
    'paying-other': [t.payingOther, t.payingOtherText],
    'settled-other': [t.settled, t.settledOther],
    'not-payable': [t.notPayable, bill.notPayable ?? t.notPayableText],
    'above-limit': [t.notPayable, t.aboveLimit(yuan(biller?.paying?.maxFen ?? Number.NaN))],
    'cached-only': [t.keptOnly, t.keptOnlyText],
    asleep: [t.asleep, t.asleepText(biller?.name ?? '', biller?.asleep?.to ?? '')],
    'read-only': [t.readOnly, ''],
  } as const
  const [title, text] = texts[step.because]
  return (
    <Alert tone={step.because === 'settled-other' ? 'ok' : 'warn'} title={title}>
      {text}
    </Alert>
  )
}

function Footer({ page: { bill, biller, step } }: { page: LoadedBill }) {
  const t = useText(unbound)
  const own = useText(billText)
  const city = bill.cityId
  if (step.kind === 'see-payment')
    return (
      <Button block onTap={() => go(routes.payment({ city, payment: step.payment }))}>
        {step.because === 'settled' ? own.settledMine : own.seePayment}
      </Button>
    )
  if (step.kind === 'pay')
    return (
      <Button block onTap={() => go(routes.checkout({ city, bill: bill.id }))}>
        {t.pay(yuan(bill.amountFen))}
      </Button>
    )
  return biller ? (
    <Button block kind="secondary" icon="phone" onTap={() => platform.call(biller.phone)}>
      {t.call(biller.phone)}
    </Button>
  ) : null
}

/** A fine by its decision: no account, no balance, nobody's meter. */
function Fine({ page: { bill, account }, fine }: { page: LoadedBill; fine: FineTerms }) {
  const t = useText(unbound)
  const format = useDay(bill.cityId)
  const { surcharge, reviewUntil, sueUntil } = fine
  const { dueOn } = bill
  const standing = surcharge && surchargeStanding(surcharge, dueOn, dayOf(services.serverNow(bill.cityId)))
  const isOpen = bill.status !== 'settled'
  const rows: Rows = [
    { label: t.offence, value: fine.offence },
    { label: t.authority, value: fine.authority },
    { label: t.number, value: fine.decisionNumber, copy: true },
    account && { label: t.party, value: account.maskedHolder },
    { label: t.decidedOn, value: format(fine.decidedOn) },
    dueOn && { label: t.payBy, value: format(dueOn), tone: standing?.days && isOpen ? 'bad' : 'ink' },
    { label: t.fineFen, value: yuan(fine.fineFen) },
    surcharge && surcharge.soFarFen > 0 && { label: t.surcharge, value: yuan(surcharge.soFarFen) },
  ]
  const [daily, cap] = surcharge ? [yuan(surcharge.dailyFen), yuan(surcharge.capFen)] : ['', '']
  const notes = {
    'none-yet': t.daily(daily, cap),
    growing: t.growing(standing?.days ?? 0, daily, cap),
    capped: t.capped,
  }
  const ways: Rows = [
    reviewUntil && { label: t.review, value: format(reviewUntil) },
    sueUntil && { label: t.sue, value: format(sueUntil) },
  ]
  return (
    <>
      {standing && isOpen && (
        <Alert tone={standing.kind === 'none-yet' ? 'info' : 'warn'}>{notes[standing.kind]}</Alert>
      )}
      <Card>
        <KeyValue rows={present(rows)} />
      </Card>
      {(reviewUntil || sueUntil) && (
        <Card title={t.object}>
          <KeyValue rows={present(ways)} />
          {t.objectNote}
        </Card>
      )}
      <Alert>{t.textNote}</Alert>
    </>
  )
}

/** A tax, or a bill of somebody's home. */
function Facts({ page: { bill, account, biller } }: { page: LoadedBill }) {
  const own = useText(kinds)[bill.kind]
  const t = useText(billText)
  const format = useDay(bill.cityId)
  const { period, dueOn, lateFeeFen } = bill
  const rows: Rows = [
    biller && { label: t.biller, value: biller.name },
    account && { label: biller?.account.label ?? own.title, value: account.maskedNumber },
    account && { label: own.holder, value: account.maskedHolder },
    account && account.maskedAddress !== '*' && { label: own.address, value: account.maskedAddress },
    period && { label: own.period, value: `${format(period.from)} – ${format(period.to)}` },
    dueOn && { label: t.dueOn, value: format(dueOn) },
    !!lateFeeFen && { label: own.lateFee, value: yuan(lateFeeFen) },
  ]
  return (
    <Card>
      <KeyValue rows={present(rows)} />
    </Card>
  )
}

function FoundBillContent({ page }: { page: LoadedBill }) {
  const t = useText(unbound)
  const { bill, step } = page
  return (
    <Screen footer={step.kind !== 'wait' && <Footer page={page} />}>
      <OpenPayments bill={{ city: bill.cityId, id: bill.id }} />
      <NotNow page={page} />
      <Card icon={billIcon[bill.kind]} title={bill.title}>
        <View>{t.amount}</View>
        <Amount amountFen={bill.amountFen} size="xl" tone={bill.status === 'overdue' ? 'bad' : 'ink'} />
        <Freshness city={bill.cityId} at={bill.asOf} onRefresh={page.reload} />
      </Card>
      {bill.fine ? <Fine page={page} fine={bill.fine} /> : <Facts page={page} />}
    </Screen>
  )
}

function FoundBillView({ city, bill }: { city: CityId; bill: BillId }) {
  const t = useText(unbound)
  const state = useFoundBill(city, bill)
  usePageTitle('bill' in state && state.bill.fine ? t.fineTitle : t.billTitle)
  if (state.status === 'gone')
    return (
      <Screen>
        <Message
          icon="hourglass"
          title={t.gone}
          text={t.goneText}
          action={t.findAgain}
          onAction={() => go.replace(routes.findBill({ city }))}
        />
      </Screen>
    )
  return (
    <PageState
      state={state as Exclude<typeof state, { status: 'gone' | 'loading' }>}
      skeleton={[{ kind: 'card' }, { kind: 'cell', count: 5 }]}
    >
      {(page) => <FoundBillContent page={page} />}
    </PageState>
  )
}

export default page({ link: (params) => readLink(params, ['city', 'bill']), view: FoundBillView })
