import { randomBytes } from 'node:crypto'
import type { Database } from '../city/database/database'
import type { Shared } from './shared'
import { own } from './tables'
import { type KeyPair, makeKeyPair } from './vendor-servers/signing'

/** All that vendors and merchants sign with; no vendor's own key is known to a city. */
export type VendorKeys = {
  wechatMerchant: KeyPair
  wechat: KeyPair
  apiV3Key: string
  alipayApp: KeyPair
  alipay: KeyPair
  till: string
}

const NAME = 'vendor-keys'
let made: VendorKeys | null = null

/** Made at the first start, the same in all instances. Never outside of the sandbox's database. */
export async function vendorKeys({ db }: Database, shared: Shared): Promise<VendorKeys> {
  const known = shared.get(NAME)
  if (known !== undefined) return JSON.parse(known)
  made ??= {
    wechatMerchant: makeKeyPair(),
    wechat: makeKeyPair(),
    apiV3Key: randomBytes(16).toString('hex'),
    alipayApp: makeKeyPair(),
    alipay: makeKeyPair(),
    till: randomBytes(16).toString('hex'),
  }
  await own(db)
    .insertInto('sandbox_state')
    .values({ name: NAME, value: JSON.stringify(made) })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  await shared.refresh(0)
  return JSON.parse(shared.get(NAME) ?? JSON.stringify(made))
}
