import { createPrivateKey, createPublicKey } from 'node:crypto'
import type { Merchants } from './cashiers/cashiers'
import type { Hosts } from './identity/identity'
import { keysFrom } from './keys'
import type { Keys } from './ports'
import { StartError } from './start-error'

type Environment = Readonly<Record<string, string | undefined>>

/** What the environment says of one city. */
type CitySettings = {
  hosts: Hosts
  merchants: Merchants
  /** The addresses of old billing systems, by their biller's id. */
  billers: ReadonlyMap<string, string>
}

export type Settings = {
  databaseUrl: string
  schema: string
  host: string
  port: number
  watch: { host: string; port: number } | undefined
  trustProxy: string[] | undefined
  origins: string[]
  /** Where the vendors reach it, without a slash at the end. */
  publicAddress: string
  keys: Keys
  /** By adcode. */
  cities: ReadonlyMap<string, CitySettings>
}

const perCity = /^(?:CITY_KEY|EARLIER_KEYS|BILLERS|WECHAT_\w+|ALIPAY_\w+)_(\d{6})$/

/**
 * Reads and checks the environment. What is about a city ends with its adcode; without one it is about every city that has none of its own,
 * but each city has its own `CITY_KEY_<adcode>`.
 * @throws StartError that names all that is missing or wrong in one line, and quotes no value.
 */
export function readSettings(environment: Environment): Settings {
  const missing: string[] = []
  const wrong: string[] = []
  const valueOf = (name: string) => environment[name]?.trim() || undefined
  const listOf = (name: string) => (valueOf(name) ?? '').split(',').flatMap((part) => part.trim() || [])

  function needed(name: string): string {
    const value = valueOf(name)
    if (value === undefined) missing.push(name)
    return value ?? ''
  }

  function port(name: string, usual: number): number {
    const text = valueOf(name) ?? String(usual)
    if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) wrong.push(`${name} is no port`)
    return Number(text)
  }

  /** An address over TLS, or on this machine. */
  function address(name: string, text: string, protocols = ['https:']): string {
    const url = URL.canParse(text) ? new URL(text) : null
    const isHere = url?.protocol === 'http:' && ['127.0.0.1', 'localhost'].includes(url.hostname)
    if (text !== '' && !isHere && !protocols.includes(url?.protocol ?? ''))
      wrong.push(`${name} is no ${protocols.join('// or ')}// address`)
    return text.replace(/\/$/, '')
  }

  /** A PEM, or the Base64 that Alipay's key tool gives. */
  function rsaKey(name: string, text: string, kind: 'private' | 'public'): string {
    if (text === '') return ''
    const key = Buffer.from(text, 'base64')
    const pem = text.replaceAll('\\n', '\n')
    const readings =
      kind === 'public'
        ? [() => createPublicKey(pem), () => createPublicKey({ key, format: 'der', type: 'spki' })]
        : [
            () => createPrivateKey(pem),
            () => createPrivateKey({ key, format: 'der', type: 'pkcs8' }),
            () => createPrivateKey({ key, format: 'der', type: 'pkcs1' }),
          ]
    for (const reading of readings) {
      try {
        const read = reading()
        if (read.asymmetricKeyType !== 'rsa') break
        return read.export({ format: 'pem', type: kind === 'public' ? 'spki' : 'pkcs8' }).toString()
      } catch {}
    }
    wrong.push(`${name} is no ${kind} RSA key`)
    return ''
  }

  function cityOf(id: string): CitySettings {
    const nameFor = (name: string) => (valueOf(`${name}_${id}`) === undefined && valueOf(name) ? name : `${name}_${id}`)
    const get = (name: string) => needed(nameFor(name))
    const key = (name: string, kind: 'private' | 'public') => rsaKey(nameFor(name), get(name), kind)
    const at = (name: string, usual: string) => address(nameFor(name), valueOf(nameFor(name)) ?? usual)
    const hasAny = (...names: string[]) => names.some((name) => valueOf(nameFor(name)) !== undefined)

    const isOn = (name: string) => {
      const text = valueOf(nameFor(name)) ?? 'no'
      if (!['yes', 'no'].includes(text)) wrong.push(`${nameFor(name)} is neither yes nor no`)
      return text === 'yes'
    }

    const hosts: Hosts = {}
    const merchants: Merchants = {}
    const paysByWechat = ['MERCHANT_ID', 'SERIAL', 'PRIVATE_KEY', 'API_V3_KEY', 'PUBLIC_KEY_ID', 'PUBLIC_KEY']
    const hasWechatPay = hasAny(...paysByWechat.map((name) => `WECHAT_PAY_${name}`))
    if (hasWechatPay || hasAny('WECHAT_APP_ID', 'WECHAT_APP_SECRET')) {
      const appId = get('WECHAT_APP_ID')
      const baseUrl = at('WECHAT_API_ADDRESS', 'https://api.weixin.qq.com')
      const verifies = isOn('WECHAT_VERIFIES')
      hosts.wechat = { appId, secret: get('WECHAT_APP_SECRET'), baseUrl, ...(verifies && { verifies }) }
      if (hasWechatPay) {
        const apiV3Key = get('WECHAT_PAY_API_V3_KEY')
        if (apiV3Key !== '' && Buffer.byteLength(apiV3Key) !== 32)
          wrong.push(`${nameFor('WECHAT_PAY_API_V3_KEY')} has not 32 characters`)
        merchants.wechat = {
          ...{ appId, apiV3Key, baseUrl: at('WECHAT_PAY_ADDRESS', 'https://api.mch.weixin.qq.com') },
          merchantId: get('WECHAT_PAY_MERCHANT_ID'),
          serial: get('WECHAT_PAY_SERIAL'),
          privateKey: key('WECHAT_PAY_PRIVATE_KEY', 'private'),
          vendorKeys: { [get('WECHAT_PAY_PUBLIC_KEY_ID')]: key('WECHAT_PAY_PUBLIC_KEY', 'public') },
        }
      }
    }
    if (hasAny('ALIPAY_APP_ID', 'ALIPAY_MERCHANT_ID', 'ALIPAY_PRIVATE_KEY', 'ALIPAY_PUBLIC_KEY')) {
      const program = {
        appId: get('ALIPAY_APP_ID'),
        gateway: at('ALIPAY_GATEWAY', 'https://openapi.alipay.com/gateway.do'),
        privateKey: key('ALIPAY_PRIVATE_KEY', 'private'),
        vendorPublicKey: key('ALIPAY_PUBLIC_KEY', 'public'),
      }
      const bizCode = valueOf(nameFor('ALIPAY_VERIFIES'))
      if (bizCode !== undefined && !/^[A-Z_]{4,32}$/.test(bizCode))
        wrong.push(`${nameFor('ALIPAY_VERIFIES')} is no biz_code`)
      hosts.alipay = { ...program, ...(bizCode && { bizCode }) }
      if (hasAny('ALIPAY_MERCHANT_ID')) merchants.alipay = { ...program, merchantId: get('ALIPAY_MERCHANT_ID') }
    }
    if (!hosts.wechat && !hosts.alipay) missing.push(`WECHAT_APP_ID_${id} or ALIPAY_APP_ID_${id}`)

    const billers = new Map<string, string>()
    for (const entry of listOf(`BILLERS_${id}`)) {
      const [, biller = '', url = ''] = /^([\w-]+)=(.+)$/.exec(entry) ?? []
      if (biller === '') wrong.push(`BILLERS_${id} is no list of <biller>=<address>`)
      else billers.set(biller, address(`BILLERS_${id}`, url, ['https:', 'http:']))
    }
    return { hosts, merchants, billers }
  }

  const databaseUrl = needed('DATABASE_URL')
  if (databaseUrl !== '' && !/^postgres(ql)?:\/\/./.test(databaseUrl))
    wrong.push('DATABASE_URL is no postgres:// address')
  const schema = valueOf('CITY_SCHEMA') ?? 'city'
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(schema)) wrong.push('CITY_SCHEMA is no name of a schema')
  const host = valueOf('HOST') ?? '127.0.0.1'
  const ids = new Set(Object.keys(environment).flatMap((name) => (valueOf(name) && perCity.exec(name)?.[1]) || []))
  if (ids.size === 0) missing.push('CITY_KEY_<adcode>')
  const keys = keysFrom(environment)
  for (const id of ids) {
    if (needed(`CITY_KEY_${id}`) === '') continue
    try {
      keys.ofCity(id)
      keys.earlier?.(id)
    } catch (error) {
      wrong.push(error instanceof Error ? error.message : String(error))
    }
  }
  const proxies = listOf('TRUST_PROXY')
  const settings: Settings = {
    ...{ databaseUrl, schema, host, keys },
    port: port('PORT', 4180),
    watch: valueOf('WATCH_PORT') ? { host: valueOf('WATCH_HOST') ?? host, port: port('WATCH_PORT', 0) } : undefined,
    trustProxy: proxies.length > 0 ? proxies : undefined,
    origins: listOf('ORIGINS').map((origin) => address('ORIGINS', origin)),
    publicAddress: address('PUBLIC_ADDRESS', needed('PUBLIC_ADDRESS')),
    cities: new Map([...ids].map((id) => [id, cityOf(id)])),
  }
  const faults = [
    missing.length > 0 && `Not set: ${[...new Set(missing)].sort().join(', ')}`,
    wrong.length > 0 && `Not valid: ${[...new Set(wrong)].join('; ')}`,
  ]
  if (missing.length + wrong.length > 0) throw new StartError(faults.filter(Boolean).join('. '))
  return settings
}
