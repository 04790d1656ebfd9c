import { useDidShow } from '@tarojs/taro'
import { useEffect, useMemo } from 'react'
import { Alert } from '@/components/alert'
import type { BillId, CityId } from '@/domain/ids'
import { type Intent, openIntents } from '@/domain/journal'
import { formatFen } from '@/domain/money'
import { nextPollDelay } from '@/domain/payment'
import { type Line, lineOf, standingOf } from '@/domain/standing'
import { leave } from '@/lifecycle/leave'
import { useEffectWhileVisible, useWhileVisible } from '@/lifecycle/use-visible'
import { whenConnected } from '@/lifecycle/when-connected'
import { routes } from '@/routes'
import { stores } from '@/stores'
import { useText } from '@/text'
import { bills } from '@/text/bills'

/** More than these at once help nobody; the list of payments has all. */
const mostShown = 3

interface Props {
  /** Only those of this bill. */
  bill?: { readonly city: CityId; readonly id: BillId }
}

/**
 * The payments whose end nobody has seen yet, above everything else that a page offers. Each show of the page asks their
 * cities again, so that after a crash or a dead network the story finishes by itself.
 */
export function OpenPayments({ bill }: Props) {
  const intents = useWhileVisible(stores.journal, (journal) => journal.intents)
  useReconcile(intents.some((intent) => intent.endedAt === undefined && lineFor(intent) === 'checking'))
  const open = useMemo(() => openIntents(intents).reverse(), [intents])
  const shown = bill
    ? open.filter((intent) => intent.cityId === bill.city && intent.bills.some(({ billId }) => billId === bill.id))
    : open.slice(0, mostShown)
  return (
    <>
      {shown.map((intent) => (
        <OpenPayment key={intent.key} intent={intent} />
      ))}
    </>
  )
}

function OpenPayment({ intent }: { intent: Intent }) {
  const t = useText(bills)
  const { cityId, paymentId } = intent
  const amount = formatFen(intent.amountFen, { symbol: true })
  const kind = lineFor(intent)
  return (
    <Alert
      tone={tones[kind]}
      icon={kind === 'checking' ? 'hourglass' : kind === 'refundFailed' ? 'alert-circle' : 'clock'}
      title={t[kind](amount)}
      action={paymentId ? t.seePayment : t.checkNow}
      onAction={() =>
        paymentId ? leave.to(routes.payment({ city: cityId, payment: paymentId })) : stores.reconciler.reconcile()
      }
    >
      {t[`${kind}Text`]}
    </Alert>
  )
}

/** What may be said from what was last seen; in doubt that it is being checked. */
function lineFor({ key, state, refund }: Intent): Line {
  const line = state === undefined ? null : lineOf[standingOf({ state, refund })]
  return line === null || (line === 'unfinished' && !stores.reconciler.hasRead(key)) ? 'checking' : line
}

const tones = { checking: 'warn', unfinished: 'info', paid: 'info', refunding: 'info', refundFailed: 'bad' } as const

/** Finishes the stories of open payments now, on every show of the page, when the network is back, and while one is checked. */
export function useReconcile(isChecking = false): void {
  useEffect(() => {
    void stores.reconciler.reconcile()
  }, [])
  useDidShow(() => {
    void stores.reconciler.reconcile()
  })
  useEffectWhileVisible(() => whenConnected(() => void stores.reconciler.reconcile()), [])
  useEffectWhileVisible(() => {
    if (!isChecking) return
    const beganMs = Date.now()
    let timer: ReturnType<typeof setTimeout> | undefined
    let isOver = false
    const wait = () => {
      const delayMs = nextPollDelay(Date.now() - beganMs)
      if (delayMs === null || isOver) return
      timer = setTimeout(() => void stores.reconciler.reconcile().then(wait), delayMs)
    }
    wait()
    return () => {
      isOver = true
      clearTimeout(timer)
    }
  }, [isChecking])
}
