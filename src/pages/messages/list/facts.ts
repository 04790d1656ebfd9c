import type { IconName } from '@/components/icon'
import {
  type AccountId,
  type AppointmentId,
  asId,
  type BillId,
  type CityId,
  type PaymentId,
  type ReportId,
  type TicketId,
} from '@/domain/ids'
import type { MessageSubject } from '@/domain/message'
import { routes, tabs } from '@/routes'

/** Where a fact is shown, and its sign; a line for each subject. One without a line here leads nowhere. */
export const facts: Readonly<
  Record<MessageSubject['kind'], { icon: IconName; link: ((city: CityId, id: string) => string) | null }>
> = {
  bill: { icon: 'receipt', link: (city, id) => routes.bill({ city, bill: asId<BillId>(id) }) },
  payment: { icon: 'wallet', link: (city, id) => routes.payment({ city, payment: asId<PaymentId>(id) }) },
  mandate: { icon: 'wallet', link: (city, id) => routes.mandate({ city, account: asId<AccountId>(id) }) },
  appointment: {
    icon: 'calendar-check',
    link: (city, id) => routes.appointment({ city, appointment: asId<AppointmentId>(id) }),
  },
  // It stands on top of the visits, or what became of it.
  hold: { icon: 'calendar-check', link: () => tabs.appointments },
  report: { icon: 'headset', link: (city, id) => routes.sentReport({ city, report: asId<ReportId>(id) }) },
  ticket: { icon: 'clock', link: (city, id) => routes.ticket({ city, ticket: asId<TicketId>(id) }) },
  unlisted: { icon: 'bell', link: null },
}
