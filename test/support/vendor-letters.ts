import { randomUUID } from 'node:crypto'
import type { Sandbox } from '../../sandbox/start'
import type { VendorKeys } from '../../sandbox/vendor-keys'
import { type KeyPair, makeKeyPair, rsaSign, seal } from '../../sandbox/vendor-servers/signing'

/** What a notification says; without a value what is right. */
export type News = {
  reference: string
  amountFen: number
  currency?: string
  app?: string
  merchant?: string
  id?: string
  nonce?: string
  /** Seconds before now. */
  age?: number
  /** In place of the time. */
  time?: string
  serial?: string
  key?: KeyPair
}
export type Letter = { headers: Record<string, string>; body: string }

const keysOf = ({ world }: Sandbox): VendorKeys => JSON.parse(world.shared.get('vendor-keys') ?? '')
let strangers: KeyPair | null = null
/** A key that no vendor has. */
export const strangersKey = (): KeyPair => {
  strangers ??= makeKeyPair()
  return strangers
}

/** As WeChat Pay sends it: signed over the bytes, and the news encrypted in them. */
export function wechatLetter(sandbox: Sandbox, news: News): Letter {
  const keys = keysOf(sandbox)
  const facts = {
    appid: news.app ?? 'wx0sandbox0city000',
    mchid: news.merchant ?? '1900000001',
    out_trade_no: news.reference,
    trade_state: 'SUCCESS',
    amount: { total: news.amountFen, currency: news.currency ?? 'CNY' },
  }
  const body = JSON.stringify({
    id: news.id ?? randomUUID(),
    event_type: 'TRANSACTION.SUCCESS',
    resource: {
      algorithm: 'AEAD_AES_256_GCM',
      associated_data: 'transaction',
      ...seal(JSON.stringify(facts), keys.apiV3Key, 'transaction'),
    },
  })
  const timestamp = news.time ?? String(Math.floor(Date.now() / 1000) - (news.age ?? 0))
  const nonce = news.nonce ?? randomUUID()
  const headers = {
    'Content-Type': 'application/json',
    'Wechatpay-Timestamp': timestamp,
    'Wechatpay-Nonce': nonce,
    'Wechatpay-Serial': news.serial ?? 'PUB_KEY_ID_0119000000012026112300000000000001',
    'Wechatpay-Signature': rsaSign(`${timestamp}\n${nonce}\n${body}\n`, (news.key ?? keys.wechat).privateKey),
  }
  return { headers, body }
}

/** As Alipay sends it: a form, signed over its fields in the order of their names. */
export function alipayLetter(sandbox: Sandbox, news: News): Letter {
  const at = new Date(Date.now() + 8 * 3600_000 - (news.age ?? 0) * 1000)
  const fields: Record<string, string> = {
    notify_id: news.id ?? randomUUID().replaceAll('-', ''),
    notify_time: news.time ?? at.toISOString().slice(0, 19).replace('T', ' '),
    charset: 'utf-8',
    app_id: news.app ?? '2021004126660001',
    seller_id: news.merchant ?? '2088000000000156',
    out_trade_no: news.reference,
    total_amount: (news.amountFen / 100).toFixed(2),
    trade_status: 'TRADE_SUCCESS',
    ...(news.currency && { trans_currency: news.currency }),
  }
  const signed = Object.keys(fields)
    .sort()
    .map((name) => `${name}=${fields[name]}`)
    .join('&')
  const sign = rsaSign(signed, (news.key ?? keysOf(sandbox).alipay).privateKey)
  return {
    headers: { 'Content-Type': 'application/x-www-form-urlencoded; charset=utf-8' },
    body: new URLSearchParams({ ...fields, sign_type: 'RSA2', sign }).toString(),
  }
}
