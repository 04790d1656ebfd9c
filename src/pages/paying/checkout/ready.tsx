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
import { isAsleep, opensAt } from '@/domain/manifest'
import { formatFen } from '@/domain/money'
import type { Price } from '@/domain/price'
import { useTick } from '@/lifecycle/use-tick'
import { billIcon } from '@/parts/bill-kinds'
import { sayFailure } from '@/parts/failure'
import { services } from '@/services'
import type { ServiceError } from '@/services/errors'
import { type Shape, useText } from '@/text'
import { bill as billText } from '@/text/billing/bill'
import { bills } from '@/text/bills'
import { kinds } from '@/text/kinds'
import { failures } from '@/text/parts/failures'
import { checkout } from '@/text/paying/checkout'
import { sayPromise } from '../parts/say-promise'
import { AskDialog } from './ask-dialog'
import type { Line } from './lines'
import type { Checkout } from './use-checkout'

type Words = Shape<(typeof checkout)['zh-CN']>
type Page = Extract<Checkout, { status: 'ready' }>

const yuan = (amountFen: number) => formatFen(amountFen, { symbol: true })

/** Where the money is after an order that failed: nowhere, because no cashier opened. */
function Problem({ error }: { error: ServiceError }) {
  const t = useText(checkout)
  const failed = useText(failures)
  const said = sayFailure(error, failed)
  const isRefused = error.kind === 'refused'
  const text = error.code === 'cashier-not-answering' ? t.cashierSilent : isRefused ? said.text : t.startFailedText
  return (
    <Alert tone="bad" title={isRefused ? t.refused : t.startFailed} live>
      {!isRefused && <View>{said.title}</View>}
      {text}
    </Alert>
  )
}

/** How much of the bill it is, where it is not simply all of it. */
function sayPart({ bill, amountFen, isChosen, isWholeInstead }: Line, t: Words): string | undefined {
  if (isWholeInstead) return t.wholeOnly
  if (bill.status === 'top-up') return t.topUp
  return isChosen ? t.partOf(yuan(bill.amountFen - amountFen)) : undefined
}

const whose = ({ account }: Line) =>
  [account.nickname, account.maskedNumber, account.maskedHolder].filter(Boolean).join(' · ')

/** Fees of each biller that takes one, by name where there are several, and the total. */
function totalRows({ billsFen, totalFen, shares }: Price, t: Words): KeyValueRow[] {
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

/** One bill: all that tells whether it is the right one. */
function One({ page, line }: { page: Page; line: Line }) {
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
    { label: own.address, value: account.maskedAddress },
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
function Several({ page }: { page: Page }) {
  const t = useText(checkout)
  return (
    <>
      <Card>
        <View className="checkout__label" {...a11y({ role: 'heading' })}>
          {t.amount}
        </View>
        <Amount amountFen={page.price.totalFen} size="xl" />
        <View className="checkout__quiet">{`${page.cityName} · ${t.count(page.lines.length)}`}</View>
      </Card>
      <CellGroup>
        {page.lines.map((line) => (
          <Cell
            key={line.bill.id}
            icon={billIcon[line.bill.kind]}
            title={line.bill.title}
            note={`${whose(line)}\n${line.account.maskedAddress}`}
            value={yuan(line.amountFen)}
            valueNote={sayPart(line, t)}
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

function LeftOut({ lines }: { lines: readonly Line[] }) {
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

/** What each biller promises, takes at most and says about its fee. */
function Terms({ price: { shares } }: { price: Price }) {
  const t = useText(checkout)
  return (
    <View className="checkout__quiet">
      {shares.map(({ biller: { id, name, creditedWithinMinutes, paying } }) => (
        <View key={id}>
          {[
            shares.length > 1 && name,
            sayPromise(creditedWithinMinutes, t),
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
function Warning({ page }: { page: Page }) {
  const t = useText(checkout)
  const { warn, lines } = page
  if (!warn) return null
  const isFirst = warn.why === 'first'
  const accounts = warn.lines.filter(
    (line, at, all) => all.findIndex((one) => one.account.id === line.account.id) === at,
  )
  return (
    <Alert tone="warn" title={isFirst ? t.firstTitle : t.someoneElseTitle}>
      {isFirst ? t.firstText : t.someoneElseText}
      {lines.length > 1 &&
        accounts.map((line) => (
          <View
            key={line.account.id}
            className="checkout__whose"
          >{`${whose(line)} · ${line.account.maskedAddress}`}</View>
        ))}
    </Alert>
  )
}

export function Ready({ page }: { page: Page }) {
  const t = useText(checkout)
  const [isChecked, setChecked] = useState(false)
  const { lines, leftOut, price, warn } = page
  const [first] = lines
  const isFirst = warn?.why === 'first'
  const over = price.shares.find(({ isOverLimit }) => isOverLimit)
  const limit = over && t.overLimit(over.biller.name, yuan(over.biller.paying?.maxFen ?? 0))
  useTick()
  const { asleepText } = useText(billText)
  const now = services.serverNow(page.city)
  const closed = price.shares.find(({ biller }) => isAsleep(biller, now))?.biller
  const asleep = closed && asleepText(closed.name, opensAt(closed, now) ?? '')
  const reason = page.isReadOnly ? t.readOnly : (asleep ?? limit ?? t.checkFirst)
  return (
    <Screen
      footer={
        <Button
          block
          onTap={page.pay}
          disabled={page.isReadOnly || asleep !== undefined || limit !== undefined || (isFirst && !isChecked)}
          reason={reason}
        >
          {t.pay(yuan(price.totalFen))}
        </Button>
      }
    >
      {page.problem && <Problem error={page.problem} />}
      <LeftOut lines={leftOut} />
      {lines.length === 1 && first ? <One page={page} line={first} /> : <Several page={page} />}
      <Warning page={page} />
      {isFirst && <Check label={t.checked} checked={isChecked} onChange={setChecked} />}
      <Terms price={price} />
      <AskDialog ask={page.ask} cityName={page.cityName} onYes={page.agree} onNo={page.decline} />
    </Screen>
  )
}
