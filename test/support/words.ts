import type { Language } from '@/domain/language'
import { appointments } from '@/text/appointments'
import { account } from '@/text/billing/account'
import { bill } from '@/text/billing/bill'
import { bind } from '@/text/billing/bind'
import { choose } from '@/text/billing/choose'
import { list } from '@/text/billing/list'
import { bills } from '@/text/bills'
import { attending } from '@/text/booking/appointment'
import { booking } from '@/text/booking/booking'
import { people } from '@/text/booking/people'
import { visitors } from '@/text/booking/visitors'
import { cities } from '@/text/cities'
import { consents } from '@/text/data/consents'
import { copy } from '@/text/data/copy'
import { erasure } from '@/text/data/erasure'
import { phone } from '@/text/data/phone'
import { uses } from '@/text/data/uses'
import { elder } from '@/text/elder'
import { family } from '@/text/family'
import { finding } from '@/text/finding'
import { home } from '@/text/home'
import { identity } from '@/text/identity'
import { kinds } from '@/text/kinds'
import { mandate } from '@/text/mandate'
import { me } from '@/text/me'
import { messages } from '@/text/messages'
import { papers } from '@/text/papers'
import { failures } from '@/text/parts/failures'
import { reportStanding } from '@/text/parts/report-standing'
import { checkout } from '@/text/paying/checkout'
import { paying } from '@/text/paying/payment'
import { payments } from '@/text/paying/payments'
import { recall } from '@/text/paying/recall'
import { receipt } from '@/text/paying/receipt'
import { report } from '@/text/report'
import { reports } from '@/text/reports'
import { settings } from '@/text/settings'
import { terms } from '@/text/terms'
import { tickets } from '@/text/tickets'
import { unbound } from '@/text/unbound'
import { verify } from '@/text/verify'

/** The app's texts in a language, so that one walk serves both. */
export const wordsIn = (language: Language) => ({
  billing: {
    account: account[language],
    bind: bind[language],
    bill: bill[language],
    choose: choose[language],
    list: list[language],
  },
  bills: bills[language],
  booking: { ...booking[language], ...attending[language] },
  people: people[language],
  visitors: visitors[language],
  cities: cities[language],
  data: {
    consents: consents[language],
    copy: copy[language],
    erasure: erasure[language],
    phone: phone[language],
    uses: uses[language],
  },
  family: family[language],
  terms: terms[language],
  elder: elder[language],
  failures: failures[language],
  finding: finding[language],
  home: home[language],
  identity: identity[language],
  kinds: kinds[language],
  mandate: mandate[language],
  me: me[language],
  messages: messages[language],
  paying: { ...paying[language], checkout: checkout[language] },
  payments: payments[language],
  recall: recall[language],
  papers: papers[language],
  receipt: receipt[language],
  report: report[language],
  reports: { ...reports[language], ...reportStanding[language] },
  settings: settings[language],
  tickets: tickets[language],
  unbound: unbound[language],
  verify: verify[language],
  appointments: appointments[language],
})
