import type { AccountId, BillerId, CityId } from '@/domain/ids'
import { withoutWrongLines } from '@/domain/sums'
import type { Finding } from '@/domain/unbound'
import { vFinding } from '../../contract/wire/validators/findings.gen'
import { branded } from './branded'
import { pathOf } from './call'
import type { Client } from './client'

/** Bills found by a number and paid without binding (免绑定缴费). Nothing of it is cached. */
export interface Findings {
  /**
   * Looks once. `proof` is what the biller's `finding.proof` asks for, and is not kept. Too many guesses are refused with
   * `too-many-requests` and a time. What is found can be read and paid until `expiresAt`.
   */
  find(city: CityId, billerId: BillerId, number: string, proof: string | null): Promise<Finding>
  /** Forgets what was found before its time; one that is gone already is fine. */
  forget(city: CityId, finding: AccountId): Promise<void>
}

/** Findings over a client. */
export const findingsOf = (client: Client): Findings => ({
  async find(city, billerId, number, proof) {
    const wire = await client.request({
      city,
      method: 'POST',
      path: '/findings',
      body: { billerId, number, ...(proof && { proof }) },
      response: vFinding,
      echo: { billerId, 'bills.*.billerId': billerId },
    })
    const finding = branded<Finding>(wire)
    return finding.outcome === 'found' ? { ...finding, bills: finding.bills.map(withoutWrongLines) } : finding
  },
  async forget(city, finding) {
    await client.request({ city, method: 'DELETE', path: pathOf('findings', finding), response: null })
  },
})
