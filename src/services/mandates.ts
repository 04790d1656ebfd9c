import type { AccountId, CityId, IdempotencyKey, MandateId } from '@/domain/ids'
import type { Mandate, MandateList } from '@/domain/mandate'
import type { Fen } from '@/domain/money'
import type { Day } from '@/domain/time'
import type { SigningInvocation } from '@/platform/types'
import { vMandate, vMandateList, vMandateStart } from '../../contract/wire/validators/mandates.gen'
import { branded } from './branded'
import { pathOf } from './call'
import type { Client } from './client'

/** How the bills of an account are to be paid: one yes for each, or collected up to a ceiling until a day. */
export type MandateRequest =
  | { readonly kind: 'view-and-pay' }
  | {
      readonly kind: 'auto-pay'
      readonly cashier: SigningInvocation['kind']
      readonly ceilingFen: Fen
      readonly endsOn: Day
    }

/** What is left out stays as it is. */
export interface MandateChange {
  readonly ceilingFen?: Fen | undefined
  readonly endsOn?: Day | undefined
}

/** Standing permissions to pay (长期缴费授权). */
export interface Mandates {
  /** The one in force first. Asks the vendor about one that is being signed. */
  list(city: CityId, account: AccountId): Promise<MandateList>
  /**
   * `signing` is what to open at the host; null where there is nothing to sign, or nothing that this host can open. Refused with
   * `forbidden` while an auto-pay is in force, `invalid-fields` for terms outside of the offer.
   */
  begin(
    city: CityId,
    account: AccountId,
    request: MandateRequest,
    key: IdempotencyKey,
  ): Promise<{ mandate: Mandate; signing: SigningInvocation | null }>
  change(city: CityId, mandate: MandateId, change: MandateChange): Promise<Mandate>
  /** Nothing new is collected from its answer on. Safe to repeat. */
  end(city: CityId, mandate: MandateId): Promise<Mandate>
}

/** Standing permissions over a client. */
export const mandatesOf = (client: Client): Mandates => ({
  list: async (city, account) =>
    branded<MandateList>(
      await client.request({
        city,
        method: 'GET',
        path: pathOf('accounts', account, 'mandates'),
        response: vMandateList,
        echo: { accountId: account, 'items.*.accountId': account },
      }),
    ),

  async begin(city, account, request, key) {
    const { mandate, signing } = await client.request({
      city,
      method: 'POST',
      path: pathOf('accounts', account, 'mandates'),
      body: request,
      key,
      response: vMandateStart,
      echo: { 'mandate.accountId': account, 'mandate.kind': request.kind },
    })
    const known = signing && signing.kind !== 'unlisted' ? signing : null
    return { mandate: branded<Mandate>(mandate), signing: known }
  },

  change: async (city, mandate, change) =>
    branded<Mandate>(
      await client.request({
        city,
        method: 'PUT',
        path: pathOf('mandates', mandate),
        body: change,
        response: vMandate,
        echo: { id: mandate },
      }),
    ),

  end: async (city, mandate) =>
    branded<Mandate>(
      await client.request({
        city,
        method: 'DELETE',
        path: pathOf('mandates', mandate),
        response: vMandate,
        echo: { id: mandate },
      }),
    ),
})
