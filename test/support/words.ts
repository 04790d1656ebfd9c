import type { Language } from '@/domain/language'
import { attending } from '@/text/attending'
import { bill } from '@/text/bill'
import { billLists } from '@/text/bill-lists'
import { billing } from '@/text/billing'
import { bills } from '@/text/bills'
import { booking } from '@/text/booking'
import { checkout } from '@/text/checkout'
import { common } from '@/text/common'
import { elder } from '@/text/elder'
import { failures } from '@/text/failures'
import { home } from '@/text/home'
import { kinds } from '@/text/kinds'
import { paying } from '@/text/paying'
import { records } from '@/text/records'
import { settings } from '@/text/settings'
import { visits } from '@/text/visits'

/** What the app says in a language, so that one walk serves both. */
export const wordsIn = (language: Language) => ({
  billing: { ...billing[language], ...billLists[language], bill: bill[language] },
  bills: bills[language],
  booking: { ...booking[language], ...attending[language] },
  common: common[language],
  elder: elder[language],
  failures: failures[language],
  home: home[language],
  kinds: kinds[language],
  paying: { ...paying[language], checkout: checkout[language] },
  records: records[language],
  settings: settings[language],
  visits: visits[language],
})
