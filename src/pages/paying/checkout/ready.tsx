import { View } from '@tarojs/components'
import { useState } from 'react'
import { a11y } from '@/components/a11y'
import { Alert } from '@/components/alert'
import { Amount } from '@/components/amount'
import { Button } from '@/components/button'
import { Cell, CellGroup } from '@/components/cell'
import { Check } from '@/components/choice'
import { KeyValue, type KeyValueRow } from '@/components/key-value'
import { Screen } from '@/components/screen'
import { Card } from '@/components/section'
import type { CheckoutLine, Warning } from '@/domain/checkout'
import type { Bar } from '@/domain/choice'
import type { CityId } from '@/domain/ids'
import { opensAt } from '@/domain/manifest'
import { formatFen } from '@/domain/money'
import type { Price } from '@/domain/price'
import { billIcon } from '@/parts/bill-kinds'
import { failureText } from '@/parts/failure'
import { services } from '@/services'
import type { ServiceError } from '@/services/errors'
import { type Shape, useText } from '@/text'
import { bill as billText } from '@/text/billing/bill'
import { bills } from '@/text/bills'
import { kinds } from '@/text/kinds'
import { failures } from '@/text/parts/failures'
import { checkout } from '@/text/paying/checkout'
import { promiseText } from './promise-text'
import { QuestionDialog } from './question-dialog'
import type { Checkout } from './use-checkout'

type Texts = Shape<(typeof checkout)['zh-CN']>
type Page = Extract<Checkout, { status: 'ready' }>

const yuan = (amountFen: number) => formatFen(amountFen, { symbol: true })

/** No payment was created: no cashier opened, so no money moved. */
function CreateProblem({ error }: { error: ServiceError }) {
  const t = useText(checkout)
  const failed = useText(failures)
  const failure = failureText(error, failed)
  const isRefused = error.kind === 'refused'
  const text = error.code === 'cashier-not-answering' ? t.cashierSilent : isRefused ? failure.text : t.startFailedText
  return (
    <Alert tone="bad" title={isRefused ? t.refused : t.startFailed} live>
      {!isRefused && <View>{failure.title}</View>}
      {text}
    </Alert>
  )
}

/** How much of the bill it is, where it is not simply all of it. */
function partText({ bill, amountFen, isChosen, isWholeInstead }: CheckoutLine, t: Texts): string | undefined {
  if (isWholeInstead) return t.wholeOnly
  if (bill.status === 'top-up') return t.topUp
  return isChosen ? t.partOf(yuan(bill.amountFen - amountFen)) : undefined
}

const whose = ({ account }: CheckoutLine) =>
  [account.nickname, account.maskedNumber, account.maskedHolder].filter(Boolean).join(' · ')

/** Fees of each biller that takes one, by name where there are several, and the total. */
function totalRows({ billsFen, totalFen, shares }: Price, t: Texts): KeyValueRow[] {
  const fees = shares.filter(({ feeFen }) => feeFen > 0)
  const total = { label: t.total, value: yuan(totalFen), strong: true }
  if (fees.length === 0) return [total]
  const nameOf = (name: string) => (shares.length > 1 ? t.feeOf(name) : t.fee)
  return [
    { label: t.billTotal, value: yuan(billsFen) },
    ...fees.map(({ biller, feeFen }) => ({ label: nameOf(biller.name), value: yuan(feeFen) })),
    total,
  ]
}

/** One bill, with all that shows whether it is the right one. */
function SingleBill({ page, line }: { page: Page; line: CheckoutLine }) {
  const t = useText(checkout)
  const { kind } = useText(bills)
  const { bill, account, biller } = line
  const own = useText(kinds)[bill.kind]
  const rows: KeyValueRow[] = [
    { label: t.bill, value: bill.title },
    { label: t.biller, value: biller?.name ?? kind[bill.kind] },
    { label: t.city, value: page.cityName },
    { label: biller?.account.label ?? own.title, value: account.maskedNumber },
    { label: own.holder, value: account.maskedHolder },
    ...(account.maskedAddress === '*' ? [] : [{ label: own.address, value: account.maskedAddress }]),
  ]
  if (bill.topUp) rows.push({ label: t.balance, value: yuan(bill.topUp.balanceFen) })
  else if (line.isChosen)
    rows.push(
      { label: t.part, value: yuan(line.amountFen) },
      { label: t.left, value: yuan(bill.amountFen - line.amountFen) },
    )
  return (
    <Card>
      <View className="checkout__label" {...a11y({ role: 'heading' })}>
        {t.amount}
      </View>
      <Amount amountFen={page.price.totalFen} size="xl" />
      <KeyValue rows={[...rows, ...totalRows(page.price, t)]} />
      {line.isWholeInstead && <View className="checkout__quiet">{t.wholeOnly}</View>}
      {line.isChosen && bill.settlement && <View className="checkout__quiet">{bill.settlement}</View>}
    </Card>
  )
}

/** Several bills under one cashier. */
function BillBasket({ page }: { page: Page }) {
  const t = useText(checkout)
  return (
    <>
      <Card>
        <View className="checkout__label" {...a11y({ role: 'heading' })}>
          {t.amount}
        </View>
        <Amount amountFen={page.price.totalFen} size="xl" />
        <View className="checkout__quiet">{`${page.cityName} · ${t.count(page.draft.lines.length)}`}</View>
      </Card>
      <CellGroup>
        {page.draft.lines.map((line) => (
          <Cell
            key={line.bill.id}
            icon={billIcon[line.bill.kind]}
            title={line.bill.title}
            note={`${whose(line)}\n${line.account.maskedAddress}`}
            value={yuan(line.amountFen)}
            valueNote={partText(line, t)}
          />
        ))}
      </CellGroup>
      {page.price.feeFen > 0 && (
        <Card>
          <KeyValue rows={totalRows(page.price, t)} />
        </Card>
      )}
    </>
  )
}

function LeftOutBills({ lines }: { lines: readonly CheckoutLine[] }) {
  const t = useText(checkout)
  if (lines.length === 0) return null
  return (
    <>
      <Alert tone="warn" title={t.leftOutTitle(lines.length)}>
        {t.leftOutText}
      </Alert>
      <CellGroup>
        {lines.map(({ bill, leftOut }) => (
          <Cell
            key={bill.id}
            icon={billIcon[bill.kind]}
            title={bill.title}
            note={bill.notPayable}
            tag={leftOut ? t.leftOut[leftOut] : undefined}
          />
        ))}
      </CellGroup>
    </>
  )
}

/** Each biller's promise, limit and note on its fee. */
function BillerTerms({ price: { shares } }: { price: Price }) {
  const t = useText(checkout)
  return (
    <View className="checkout__quiet">
      {shares.map(({ biller: { id, name, creditedWithinMinutes, paying } }) => (
        <View key={id}>
          {[
            shares.length > 1 && name,
            promiseText(creditedWithinMinutes, t),
            paying?.feeNote && t.feeNote(paying.feeNote),
            paying?.maxFen !== undefined && t.limit(yuan(paying.maxFen)),
          ]
            .filter(Boolean)
            .join(' · ')}
        </View>
      ))}
    </View>
  )
}

/** Whose bills they are, to be checked by holder and address before money goes to a stranger (M8). */
function AccountWarning({ warning, isAlone }: { warning: Warning; isAlone: boolean }) {
  const t = useText(checkout)
  const isFirst = warning.kind === 'first'
  const accounts = warning.lines.filter(
    (line, index, all) => all.findIndex(({ account }) => account.id === line.account.id) === index,
  )
  return (
    <Alert tone="warn" title={isFirst ? t.firstTitle : t.someoneElseTitle}>
      {isFirst ? t.firstText : t.someoneElseText}
      {!isAlone &&
        accounts.map((line) => (
          <View
            key={line.account.id}
            className="checkout__whose"
          >{`${whose(line)} · ${line.account.maskedAddress}`}</View>
        ))}
    </Alert>
  )
}

/** Why the button is off. */
function useBarText(bar: Bar | null, city: CityId): string | undefined {
  const t = useText(checkout)
  const { asleepText } = useText(billText)
  switch (bar?.kind) {
    case 'read-only':
      return t.readOnly
    case 'asleep':
      return asleepText(bar.biller.name, opensAt(bar.biller, services.serverNow(city)) ?? '')
    case 'above-limit':
      return t.overLimit(bar.biller.name, yuan(bar.maxFen))
  }
}

export function CheckoutReady({ page }: { page: Page }) {
  const t = useText(checkout)
  const [isChecked, setChecked] = useState(false)
  const { draft, leftOut, price, warning, bar } = page
  const { lines } = draft
  const [first] = lines
  const isFirst = warning?.kind === 'first'
  const barText = useBarText(bar, page.city)
  return (
    <Screen
      footer={
        <Button
          block
          onTap={page.pay}
          disabled={bar !== null || (isFirst && !isChecked)}
          reason={barText ?? t.checkFirst}
        >
          {t.pay(yuan(price.totalFen))}
        </Button>
      }
    >
      {page.problem && <CreateProblem error={page.problem} />}
      <LeftOutBills lines={leftOut} />
      {lines.length === 1 && first ? <SingleBill page={page} line={first} /> : <BillBasket page={page} />}
      {warning && <AccountWarning warning={warning} isAlone={lines.length === 1} />}
      {isFirst && <Check label={t.checked} checked={isChecked} onChange={setChecked} />}
      <BillerTerms price={price} />
      <QuestionDialog question={page.question} cityName={page.cityName} onYes={page.agree} onNo={page.decline} />
    </Screen>
  )
}
