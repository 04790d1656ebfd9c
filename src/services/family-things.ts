import type { Appointment } from '@/domain/appointment'
import type { Bill } from '@/domain/bill'
import type { CityId, GrantId } from '@/domain/ids'
import { withoutWrongLines } from '@/domain/sums'
import { vAppointmentPage } from '../../contract/wire/validators/appointments.gen'
import { vBillPage } from '../../contract/wire/validators/bills.gen'
import type { Client } from './client'
import { type Page, pageOf } from './page'

/** What is open for the giver of a grant. Never cached: it is somebody else's. Refused with `grant-ended`. */
export interface FamilyThings {
  /** Bills to pay, newest first; maybe old. */
  bills(city: CityId, grant: GrantId): Promise<Page<Bill>>
  /** Visits ahead, next first. */
  visits(city: CityId, grant: GrantId): Promise<Page<Appointment>>
}

/** Things of the family over a client. */
export const familyThingsOf = (client: Client): FamilyThings => ({
  bills: async (city, grant) => {
    const page = pageOf<Bill>(
      await client.request({
        city,
        method: 'GET',
        path: '/bills',
        query: { due: true, grantId: grant },
        response: vBillPage,
      }),
    )
    return { ...page, items: page.items.map(withoutWrongLines) }
  },
  visits: async (city, grant) =>
    pageOf<Appointment>(
      await client.request({
        city,
        method: 'GET',
        path: '/appointments',
        query: { upcoming: true, grantId: grant },
        response: vAppointmentPage,
      }),
    ),
})
