import { memo } from 'react'
import { Cell } from '@/components/cell'
import { type Account, isAskedLately } from '@/domain/account'
import { type Bill, daysUntilDue, isPayable } from '@/domain/bill'
import { type AccountId, asId } from '@/domain/ids'
import { type Fen, formatFen } from '@/domain/money'
import type { PaymentProgress } from '@/domain/standing'
import { formatDate } from '@/domain/time'
import { go } from '@/lifecycle/go'
import { todayIn } from '@/lifecycle/use-server-now'
import { billIcon } from '@/parts/bill-kinds'
import { routes } from '@/routes'
import { services } from '@/services'
import { useLanguage, useText } from '@/text'
import { bills } from '@/text/bills'
import type { Due } from './use-bills'

interface Props {
  account: Account
  payableFen: Fen
  /** How many open bills are known. */
  count: number
  /** The most urgent of them. */
  first: Bill | undefined
  /** How a payment for it stands, when none is to be paid. */
  progress: PaymentProgress | null
  /** What is known when there are no bills. */
  without: 'nothing' | 'not-read' | 'unknown' | 'loading'
  /** Of one that looks like another one. */
  mark?: string | undefined
}

/** An account without a known bill may still owe: only a fresh response of biller and city proves that it does not. */
export function withoutBills(account: Account, due: Due): Props['without'] {
  if (due.status === 'loading') return 'loading'
  if (due.status === 'failed' || due.answered === null || due.isPart) return 'unknown'
  return isAskedLately(account, services.serverNow(account.cityId)) ? 'nothing' : 'not-read'
}

const soonDays = 14

/** One account: whose and where it is, and what is open on it as far as known. */
export const AccountCell = memo(function AccountCell(props: Props) {
  const { account, payableFen, count, first, progress, without, mark } = props
  const t = useText(bills)
  const when = useWhen(progress ? undefined : first)
  const { cityId, kind, nickname, maskedNumber, maskedAddress } = account
  const value =
    payableFen > 0
      ? formatFen(payableFen, { symbol: true })
      : progress
        ? t.progress[progress]
        : first?.topUp
          ? t.balance(formatFen(first.topUp.balanceFen, { symbol: true }))
          : first?.decision?.confirmed === false
            ? t.toConfirm
            : first && t.status[first.status]
  const isLate =
    progress === 'refundFailed' || (!progress && first?.status === 'overdue') || (first?.topUp?.balanceFen ?? 0) < 0
  const none = { nothing: t.nothingKnown, 'not-read': t.lookUp, unknown: t.dueUnknown, loading: undefined }
  return (
    <Cell
      icon={billIcon[kind]}
      iconTone={isLate ? 'bad' : 'brand'}
      title={nickname ? `${nickname} · ${t.kind[kind]}` : `${t.kind[kind]} ${maskedNumber}`}
      tag={account.relation === 'someone-else' ? t.someoneElse : undefined}
      note={[maskedAddress, nickname && maskedNumber, mark && t.mark(mark)].filter(Boolean).join(' ')}
      value={value ?? none[without]}
      valueTone={value === undefined ? 'quiet' : isLate ? 'bad' : 'ink'}
      valueNote={[when, count > 1 && payableFen > 0 && t.billsOf(count)].filter(Boolean).join(' · ') || undefined}
      id={account.id}
      onTap={(id) => go(routes.account({ city: cityId, account: asId<AccountId>(id) }))}
    />
  )
})

/** When the most urgent bill is due. */
function useWhen(bill: Bill | undefined): string | undefined {
  const t = useText(bills)
  const language = useLanguage()
  if (bill === undefined || !isPayable(bill) || bill.dueOn === undefined) return undefined
  const today = todayIn(bill.cityId)
  const days = daysUntilDue(bill, today)
  if (days === null) return undefined
  if (days < 0) return t.overdueBy(-days)
  if (days === 0) return t.dueToday
  return days <= soonDays ? t.dueIn(days) : t.dueOn(formatDate(bill.dueOn, language, today))
}
