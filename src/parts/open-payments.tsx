import { useDidShow } from '@tarojs/taro'
import { useEffect, useMemo } from 'react'
import { Alert } from '@/components/alert'
import type { BillId, CityId } from '@/domain/ids'
import { type Intent, openIntents } from '@/domain/journal'
import { formatFen } from '@/domain/money'
import { type PaymentProgress, progressOf, standingOf } from '@/domain/standing'
import { go } from '@/lifecycle/go'
import { usePolling } from '@/lifecycle/use-polling'
import { useEffectWhileVisible, useWhileVisible } from '@/lifecycle/use-visible'
import { whenConnected } from '@/lifecycle/when-connected'
import { routes } from '@/routes'
import { stores } from '@/stores'
import { useText } from '@/text'
import { bills } from '@/text/bills'

/** The most shown at once; the list of payments has all. */
const mostShown = 3

interface Props {
  /** Only those of this bill. */
  bill?: { readonly city: CityId; readonly id: BillId }
}

/**
 * The open payments, above everything else on a page. Each show of the page asks their cities again,
 * so that after a crash or a dead network they finish by themselves.
 */
export function OpenPayments({ bill }: Props) {
  const intents = useWhileVisible(stores.journal, (journal) => journal.intents)
  useReconcile(intents.some((intent) => intent.endedAt === undefined && progressFor(intent) === 'checking'))
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
  const kind = progressFor(intent)
  return (
    <Alert
      tone={tones[kind]}
      icon={kind === 'checking' ? 'hourglass' : kind === 'refundFailed' ? 'alert-circle' : 'clock'}
      title={t[kind](amount)}
      action={paymentId ? t.seePayment : t.checkNow}
      onAction={() =>
        paymentId ? go(routes.payment({ city: cityId, payment: paymentId })) : stores.reconciler.reconcile()
      }
    >
      {t[`${kind}Text`]}
    </Alert>
  )
}

/** What to show from what was last read; in doubt, that it is being checked. */
function progressFor({ key, state, refund }: Intent): PaymentProgress {
  const progress = state === undefined ? null : progressOf[standingOf({ state, refund })]
  return progress === null || (progress === 'unfinished' && !stores.reconciler.hasRead(key)) ? 'checking' : progress
}

const tones = { checking: 'warn', unfinished: 'info', paid: 'info', refunding: 'info', refundFailed: 'bad' } as const

/** Reconciles open intents on mount, on every show of the page, when the network returns, and while one is being checked. */
export function useReconcile(isChecking = false): void {
  const { reconcile } = stores.reconciler
  useEffect(() => void reconcile(), [reconcile])
  useDidShow(() => void reconcile())
  useEffectWhileVisible(() => whenConnected(() => void reconcile()), [reconcile])
  usePolling(isChecking, null, reconcile)
}
