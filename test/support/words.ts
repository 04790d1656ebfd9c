import type { Language } from '@/domain/language'
import { appointments } from '@/text/appointments'
import { billing } from '@/text/billing/accounts'
import { bill } from '@/text/billing/bill'
import { billLists } from '@/text/billing/lists'
import { bills } from '@/text/bills'
import { attending } from '@/text/booking/appointment'
import { booking } from '@/text/booking/booking'
import { elder } from '@/text/elder'
import { home } from '@/text/home'
import { kinds } from '@/text/kinds'
import { failures } from '@/text/parts/failures'
import { checkout } from '@/text/paying/checkout'
import { paying } from '@/text/paying/payment'
import { records } from '@/text/paying/records'
import { report } from '@/text/report'
import { settings } from '@/text/settings'
import { terms } from '@/text/terms'

/** What the app says in a language, so that one walk serves both. */
export const wordsIn = (language: Language) => ({
  billing: { ...billing[language], ...billLists[language], bill: bill[language] },
  bills: bills[language],
  booking: { ...booking[language], ...attending[language] },
  terms: terms[language],
  elder: elder[language],
  failures: failures[language],
  home: home[language],
  kinds: kinds[language],
  paying: { ...paying[language], checkout: checkout[language] },
  records: records[language],
  report: report[language],
  settings: settings[language],
  appointments: appointments[language],
})
