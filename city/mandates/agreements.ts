import type { SigningInvocation } from '../../contract/wire/types.gen'
import type { AgreementState, Contract } from '../cashiers/cashier'
import { isNoAnswer } from '../cashiers/errors'
import { problem } from '../http/problem'
import { isRefusal, noteSilence } from '../payments/vendor'
import type { Service } from '../service'
import { change, end, lockMandate, type MandateKey, type MandateRow, readMandate } from './rows'
import { tellOfEnd } from './texts'

/** As with payments, vendors are asked outside of transactions: what is decided is committed first, then told. */

/** Null for a permission without a vendor, or whose vendor collects nothing here any more. */
export const contractOf = ({ cashiers }: Service, { city_id, cashier }: MandateRow): Contract | null =>
  (cashier && cashiers.of(city_id, cashier)?.contract) ?? null

/** What the payer is known as to the host's cashier. */
export async function payerOf(service: Service, { city_id, citizen_id }: MandateRow): Promise<string> {
  const { subject } = await service.database.db
    .selectFrom('citizens')
    .select('subject')
    .where('city_id', '=', city_id)
    .where('id', '=', citizen_id)
    .executeTakeFirstOrThrow()
  return subject.slice(subject.indexOf('/') + 1)
}

/** What to open at the host. @throws ProblemError `cashier-not-answering` */
export async function signAtVendor(service: Service, mandate: MandateRow): Promise<SigningInvocation | null> {
  const contract = contractOf(service, mandate)
  if (contract === null || mandate.reference === null || mandate.sign_until === null) return null
  try {
    return await contract.sign({
      reference: mandate.reference,
      payer: await payerOf(service, mandate),
      subject: '生活缴费自动扣款',
      signUntil: mandate.sign_until,
    })
  } catch (error) {
    if (isRefusal(error, 'agreement-ended')) return null
    if (!isNoAnswer(error)) throw error
    noteSilence(service, mandate.id, error)
    throw problem('cashier-not-answering')
  }
}

/** How the agreement stands at the vendor; null where it does not say. */
async function askAgreement(service: Service, mandate: MandateRow): Promise<AgreementState | null> {
  try {
    return (await contractOf(service, mandate)?.query(mandate.reference ?? '')) ?? 'ended'
  } catch (error) {
    // Never opened at the host.
    if (isRefusal(error, 'no-such-agreement')) return mandate.state === 'signing' ? 'signing' : 'ended'
    if (!isNoAnswer(error)) throw error
    noteSilence(service, mandate.id, error)
    return null
  }
}

/** Puts a signed permission in force, and ends one that ended at the host or was never signed. */
export async function followAgreement(service: Service, mandate: MandateRow): Promise<MandateRow> {
  if (mandate.kind !== 'auto-pay' || mandate.state === 'ended') return mandate
  const standing = await askAgreement(service, mandate)
  if (standing === null || (standing === 'active' && mandate.state === 'active')) return mandate
  return service.database.transaction(async (trx) => {
    const now = service.clock.now()
    const locked = await lockMandate(trx, mandate)
    if (locked.state === 'signing') {
      if (standing === 'active') return putInForce(service, trx, locked)
      const isOver = standing === 'ended' || (locked.sign_until !== null && locked.sign_until <= now)
      return isOver ? end(trx, locked, 'not-signed', now) : locked
    }
    if (locked.state === 'ended' || standing === 'active') return locked
    const ended = await end(trx, locked, 'host', now)
    await tellOfEnd(trx, ended, now)
    return ended
  })
}

async function putInForce(
  service: Service,
  trx: Parameters<typeof change>[0],
  mandate: MandateRow,
): Promise<MandateRow> {
  const now = service.clock.now()
  const others = await trx
    .selectFrom('mandates')
    .selectAll()
    .where('city_id', '=', mandate.city_id)
    .where('account_id', '=', mandate.account_id)
    .where('state', '=', 'active')
    .forUpdate()
    .execute()
  for (const other of others) await end(trx, other, 'replaced', now)
  return change(trx, mandate, { state: 'active', sign_until: null, look_at: now, looks: 0 })
}

/** Tells the vendor that a permission has ended, until it has heard of it. False while it does not answer. */
export async function tellEnd(service: Service, key: MandateKey): Promise<boolean> {
  const mandate = await readMandate(service.database.db, key)
  if (!mandate.untold || mandate.reference === null) return true
  try {
    await contractOf(service, mandate)?.terminate(mandate.reference)
  } catch (error) {
    if (!isNoAnswer(error)) throw error
    noteSilence(service, mandate.id, error)
    return false
  }
  await service.database.db
    .updateTable('mandates')
    .set({ untold: false })
    .where('city_id', '=', key.city_id)
    .where('id', '=', key.id)
    .execute()
  return true
}
