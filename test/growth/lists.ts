import type { Client } from 'pg'
import type { Bill, Lookup } from '../../contract/wire/types.gen'
import { signIn } from '../support/citizen'
import type { Step } from './walk'

/** The lists that grow with a citizen. */
const lists = {
  listAccounts: '/accounts',
  listBills: '/bills?due=true',
  listPayments: '/payments',
  listAppointments: '/appointments',
  listWaitlist: '/waitlist',
  listReports: '/reports',
  listTickets: '/tickets',
}

type Wanted = { base: string; name: string; rows: number; number: string }

/**
 * Reads each list of a citizen who gets so many rows for it, which were others' of the grown city, and looks the bills of a number up.
 * Steps are called `<operation> <name>`. Gives how many rows each list had, and which payment each bill was shown with.
 */
export async function readLists(client: Client, { base, name, rows, number }: Wanted, step: Step) {
  const citizen = await signIn(base, name)
  const names = (end = '') => Array.from({ length: rows }, (_, at) => `grown-${100 * rows + 5 * at}${end}`)
  const own = { accounts: '-0', payments: '-1', appointments: '', waitlist: '', reports: '', tickets: '' }
  for (const [table, end] of Object.entries(own))
    await client.query(`update ${table} set citizen_id = $1 where city_id = '330100' and id = any($2)`, [
      citizen.citizenId,
      names(end),
    ])
  // The money of every bill is on its way back.
  await client.query(
    `with p as (update payments set state = 'refunding' where citizen_id = $1 returning city_id, id)
      update payment_bills b set bill_id = left(bill_id, -1) || '0', outcome = 'not-credited' from p
      where (b.city_id, b.payment_id) = (p.city_id, p.id)`,
    [citizen.citizenId],
  )
  const lengths: Record<string, number> = {}
  const shown: Record<string, string | undefined> = {}
  for (const [operation, path] of Object.entries(lists)) {
    const { body } = await step(`${operation} ${name}`, () => citizen.get<{ items: Partial<Bill>[] }>(path))
    lengths[operation] = body.items.length
    if (operation === 'listBills') for (const { id = '', payment } of body.items) shown[id] = payment?.id
  }
  const { id } = await citizen.bind('hz-electricity', number)
  const { body } = await step(`lookUpBills ${name}`, () => citizen.get<Lookup>(`/accounts/${id}/lookup`))
  lengths.lookUpBills = body.outcome === 'bill' ? body.bills.length : 0
  return { lengths, shown }
}
