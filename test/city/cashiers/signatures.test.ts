import { createPublicKey, createVerify } from 'node:crypto'
import { contentToSign, isSigned, signedParams, splitAnswer } from '../../../city/cashiers/alipay-signature'
import { decrypt, lines, signatureFault } from '../../../city/cashiers/wechat-signature'

// Made by others with a key that exists no more: WeChat Pay's by wechatpay-axios-plugin 0.9.6, Alipay's by alipay-sdk 4.14.0.
const key = createPublicKey({
  format: 'jwk',
  key: {
    kty: 'RSA',
    e: 'AQAB',
    n: 'o4ryKyhak8f2rK0qhxgJVzeJSSiFXdv7jEuhBh05gfBafeQBnveJJf5Ia2oPr3t-D2IKQ-Rph0R1QiJFCAczlpYcsntxh_CQ7VG8EF2Bvm2LGMmQgou9Xjj8jlgDdElh_706dXMaAa-4Rxcaf2RwiGDO1lAFI5qd004BIXndKsfqQ3PHX1RTwyyyj2ZavGOLjk_XciXe7rojapc36FuR4K5AzSe2GllvFAGczbamC0Fg1tb_p8HU6KbqmQ7FTa06x-ClOL3IRjbyRE4CrNvlhXFQ9qdw1D743FqRgwxP7nhyu4OqpdXF2dJIn7ZxYXqJwZgCV5_8wqALKkr3gBVu4Q',
  },
})
const pem = key.export({ type: 'spki', format: 'pem' }).toString()
const time = '1795399200'
const nonce = '593bec0c930bf1afeb40b4a08c8fb242'
const body = '{"mchid":"1900000001","description":"电费"}'

const made: [string, string, string][] = [
  [
    'a request with a body',
    lines('POST', '/v3/pay/transactions/jsapi?a=1', time, nonce, body),
    'f8lbhoW6lPE5r8cK7MHCqAew9O6VOHEuRTucdIZEGIg4bsCS5073XrbZJhWMUFqdXNT6fyoet75DVuQ1SzouQqvKMCBOM+n43yaA+pIHbYMXtvI+7t4EzAfOtDSWftQ5vSB1pq2AV7mKB6MG477F3qx3g7nWIQQP2p/ArC41kQ3XvzAe3cIq91AH7NZbWh5T8g5y0IfjpDZ0pmPvKC8lT3urx7jB8vMmjODd2I2imbCdIboGtLHiBYxwtijXW3I+v+MOEJ5roD0kP6j85qByj7O3E2HYxpWS1TBEk2KV0fQNDbAh/gnUc/QaMaLONpp0YeFBvB5q+BlaHN7hhLaV+w==',
  ],
  [
    'a request without a body',
    lines('GET', '/v3/bill/tradebill?bill_date=2026-11-23', time, nonce, ''),
    'bGp4eBjpb13LvdoQMZ9EooruhSrhC3yq8glTP6Rc7erwoSFIk2Bn2zli4gq99ScXimeEO9OFmkXr8hP8u8bbLqfsqSvZ4hP06yuNfU0uJTsQ/omL3pd/QXzIl9HiJ4bglCRzJ7gvdL/z5yHRuIqHhIcy7iHtQESuxm9OrXxwr2TinSY+KF5c+fShkXyZMcJQW9cWDunvPPpMLmsV8MT4eAdeWpbrl+Wr8s/UKkqfpz+LgfwzZ78ivA63v1ehO5qG7O2SUsM2C1TNzkZc+cKBp6kkA2qGL0ULZKpSSJyLLMPl3efLfsr0mYQqm3I6Pb43btvouhGcMMKv/uF7MEwdjw==',
  ],
  [
    'the parameters of wx.requestPayment',
    lines('wxapp', time, nonce, 'prepay_id=wx201'),
    'VZ8VV/GP25ADBLybyX0hsAuXoGQMqObsiMmBCc14GPj4Eu69WAdfdzdog8Au6fGh02NmJna23yWFNy4BUfS2E6lfE1ozPCIenkLt+DcR2hUl2docCi3FE8H7m7olDQxOCfTmJmy3m/e6PrV/RhJgK2PjNZclaokVFHtBHm01e1/ffKgswF6V/t8FT/0tpVPMdQlb5v6pyRpvhTMATsHgSXfbZ4bCVhXldJz5wgH+us3XTJ2XFgIZNRY8W1J42oP61Z6eh+p/GQCSAiHo7lYVMLuK1ZRReFbNwbXbiVMw4fU3QVUDq9Q+DYQ7DemisZA9FOcwToAUaHtbTDIrL1Qs/A==',
  ],
  [
    'a request to Alipay',
    contentToSign({
      method: 'alipay.trade.query',
      app_id: '2021',
      charset: 'utf-8',
      version: '1.0',
      sign_type: 'RSA2',
      timestamp: '2026-11-23 10:00:00',
      notify_url: '',
      biz_content: '{"out_trade_no":"电费1"}',
    }),
    'FJUaMA30Bkyp+/CbtA0seeOPnTTlCKjTbrYfbfxYGZMjPRspMeAWDIp1Us7PbdlfpaYvcIATNKs6TfyRInl2hs5F8H4wtKeHBO2YdhKk8aQrAezKW6pkwHCqlOU6uLQkGtVoJFaj6hQFoPIRISoKG+5YuyehhaIHycTd6kC+c2dX6YGzBd65EmJXYKONdHiNp0VM/ZggbzVrieN+mIy+aV67XRO+r/INcAoTxVp0DvH4/jufZ4Hw1VI09FsAs9qT33g9t83kAG1/cY2I9GyyFbE1gxjG2Sg31hCTmRMMyXXLpINPg43Id5IjSWJdQDypUApsSkbS4qmKyxhQ1c506w==',
  ],
]

test.each(made)('%s is signed as another implementation signs it', (_what, text, signature) => {
  const holds = (signed: string) => createVerify('RSA-SHA256').update(signed).verify(key, signature, 'base64')
  expect(holds(text)).toBe(true)
  expect(holds(`${text}\n`)).toBe(false)
})

const answers: [string, Buffer, string][] = [
  [
    'an answer',
    Buffer.from(body),
    'csuhcSZDN/vKu4yC4ty8RVKU6ah9ViLRxm6dRthF2yWMHQTi37o6B+H1XZNlXy2+gB6zzeUInzhzG60ItaeCeSx4xTbvLg1AcPoZtcnSbpYvT2X7hREzad58w7ZnyLt1ldPvxOEavEu7nTiCyeUP5+WTigcCHmwLVZiGcqWjBfJQQXQcJxOL5/02Dzq20DqL6pVv4TxESbwUg88ahgzK2+a45T55g7Sv0gEYM4cBHzpai9O/yQQPvDIVTZjBTMCaYkouaDfK4+DCgjCiGHbuF08PBX67luysiCduS4z7UEfulT30u2LNujstfTDhNPfpiZBWsw1WwQXwFtou062yOA==',
  ],
  [
    'an answer without a body',
    Buffer.alloc(0),
    'PbvmPVC1XEelYb6QSo/+oST/27wmGjmqgybAEgtNi1whxcdJXiyHZFrt79MKqlmOsOVOfXvkriBrnZChvfAY5kxoaDmoxeWb/zKurubqyIUM0G+jXrkAU/ofcBtuonaKpO+W+fcl5DZt+hpRS8tniVNPzA4kZ9OWtAFtUjFlMaxFJrnCHglcYdWPZeE9Ej9Tycu6HNwxE2hoaCfOFAuRprZeAPzpicRSahvSe5vSCfzY9Z15qbSQIs4mDI3+X4xrCwgYpear4uyD7nOW1KdYP3V616nk7yulX+FKEzkUMwaYeCyXg5Vqy4oVJtBcvNJLOqK4aDH9WFYnAM1dxPIKNQ==',
  ],
]

test.each(answers)(
  '%s of another implementation is believed for five minutes, and byte for byte',
  (_what, bytes, signature) => {
    const headers: Record<string, string> = {
      'wechatpay-timestamp': time,
      'wechatpay-nonce': nonce,
      'wechatpay-serial': 'PUB_KEY_ID_1',
      'wechatpay-signature': signature,
    }
    const keys = new Map([['PUB_KEY_ID_1', key]])
    const faultAt = (seconds: number, more: Record<string, string> = {}, sent = bytes) =>
      signatureFault(
        keys,
        (name) => ({ ...headers, ...more })[name] ?? '',
        sent,
        new Date((Number(time) + seconds) * 1000),
      )
    expect([-300, 0, 300].map((seconds) => faultAt(seconds))).toEqual([null, null, null])
    expect([-301, 301].map((seconds) => faultAt(seconds))).toEqual(['time', 'time'])
    expect(faultAt(0, {}, Buffer.concat([bytes, Buffer.from(' ')]))).toBe('signature')
    expect(faultAt(0, { 'wechatpay-nonce': `${nonce}0` })).toBe('signature')
    expect(faultAt(0, { 'wechatpay-timestamp': String(Number(time) + 1) })).toBe('signature')
    expect(faultAt(0, { 'wechatpay-signature': `WECHATPAY/SIGNTEST/${signature}` })).toBe('signature')
    expect(faultAt(0, { 'wechatpay-serial': 'PUB_KEY_ID_2' })).toBe('serial')
    expect(faultAt(0, { 'wechatpay-signature': '' })).toBe('malformed')
  },
)

test('what another implementation sealed is opened, and refused when a bit is wrong', () => {
  const ciphertext = 'bz19R35VkVws1vTTuERUqn8nHNqMpgpBDk41ZBeoesxguWjWaL0sPXlW0J8jodCmsmWfdYPrya2E/d0='
  const sealed = { ciphertext, nonce: 'fdasflkja484', associated_data: 'transaction' }
  const apiV3Key = '0123456789abcdef0123456789ABCDEF'
  expect(decrypt(apiV3Key, sealed)).toBe('{"trade_state":"SUCCESS","attach":"电费"}')
  expect(() => decrypt(apiV3Key, { ...sealed, associated_data: 'refund' })).toThrow()
  expect(() => decrypt(apiV3Key, { ...sealed, ciphertext: ciphertext.replace('z', 'y') })).toThrow()
  expect(() => decrypt(apiV3Key, { ...sealed, ciphertext: '' })).toThrow()
})

test('a notification’s signature is over all fields but sign and sign_type', () => {
  const params = new Map(Object.entries({ b: '2', sign: 'x', a: '电费', sign_type: 'RSA2', c: '' }))
  expect(signedParams(params)).toBe('a=电费&b=2&c=')
  expect(isSigned('a=1', 'not Base64', pem)).toBe(false)
})

test.each<[string, string | null]>([
  ['{"x_response":{"code":"10000","text":"}\\"{"},"sign":"c2ln"}', '{"code":"10000","text":"}\\"{"}'],
  ['{ "x_response" : {"a":{}} , "alipay_cert_sn":"1", "sign" : "c2ln" }', '{"a":{}}'],
  ['{"x_response":{"a":1},"sign":"c2ln","x_response":{"a":2}}', null],
  ['{"x_response":{"a":1},"x_response":{"a":2},"sign":"c2ln"}', null],
  ['{"y":"x_response","x_response":{"a":1},"sign":"c2ln"}', null],
  ['{"x_response":{"a":1},"sign":"c2ln","sign":"c2ln"}', null],
  ['{"x_response":{"a":1},"sign":"c2ln"}{', null],
  ['{"x_response":{"a":1}', null],
  ['{"x_response":"a","sign":"c2ln"}', null],
  ['', null],
])('of the answer %s only the one signed node can be read', (text, node) => {
  expect(splitAnswer(text)?.node ?? null).toBe(node)
})
