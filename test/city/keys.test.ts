import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { blinded, keysFrom } from '../../city/keys'
import { isSigned, signed, signingKeyOf } from '../../city/signature'
import { startCity } from '../../city/start'
import { startSandbox } from '../../sandbox/start'
import { testDatabase } from '../support/sandbox'

const newKey = () => generateKeyPairSync('ed25519').privateKey
const pemOf = (key: KeyObject) => key.export({ format: 'pem', type: 'pkcs8' }).toString()
const derOf = (key: KeyObject) => key.export({ format: 'der', type: 'pkcs8' }).toString('base64')

test('C6: a city’s key comes from the environment, as PEM in one or several lines or as Base64', () => {
  const key = newKey()
  for (const text of [pemOf(key), pemOf(key).replaceAll('\n', '\\n'), derOf(key)]) {
    const found = keysFrom({ CITY_KEY_330100: text }).ofCity('330100')
    expect(isSigned(signed('city-visit:330100:A7K3M9', found), key)).toBe(true)
  }
})

test('C6: a city without its key, with one of another kind or with another city’s is refused by name', () => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
  const publicKey = generateKeyPairSync('ed25519').publicKey.export({ format: 'pem', type: 'spki' }).toString()
  const refusal = (text: string | undefined) => {
    try {
      keysFrom({ CITY_KEY_330100: text }).ofCity('330100')
      return ''
    } catch (error) {
      return String(error)
    }
  }
  expect(refusal(undefined)).toBe('StartError: CITY_KEY_330100 is not set: a city does not start without its key')
  expect(refusal('')).toContain('is not set')
  for (const text of ['secret', pemOf(rsa), derOf(rsa), publicKey]) {
    expect(refusal(text)).toBe('StartError: CITY_KEY_330100 is no Ed25519 private key (PKCS #8)')
  }
  const shared = derOf(newKey())
  const keys = keysFrom({ CITY_KEY_330100: shared, CITY_KEY_510100: shared })
  keys.ofCity('330100')
  expect(() => keys.ofCity('510100')).toThrow('CITY_KEY_510100 is the key of 330100 already')
})

test('C6: keys of before are public ones in a list, of which each is known by the id that texts name; others are refused', () => {
  const [now, first, second] = [newKey(), newKey(), newKey()]
  const listed = [first, second].map((key) => signingKeyOf(key).publicKey)
  const keys = keysFrom({ CITY_KEY_330100: derOf(now), EARLIER_KEYS_330100: listed.join(', ') })
  expect(keys.earlier?.('330100').map(signingKeyOf)).toEqual([first, second].map(signingKeyOf))
  expect(keys.earlier?.('330100').map((key) => isSigned(signed('city-receipt:330100:PJ1', second), key))).toEqual([
    false,
    true,
  ])
  expect(keysFrom({ CITY_KEY_330100: derOf(now) }).earlier?.('330100')).toEqual([])
  for (const wrong of ['secret', derOf(first), `${listed[0]},x`])
    expect(() => keysFrom({ EARLIER_KEYS_330100: wrong }).earlier?.('330100')).toThrow(
      'EARLIER_KEYS_330100 is no list of Ed25519 public keys in base64url',
    )
})

test('C6: what is made of a document says nothing without the key, and nothing for another purpose', () => {
  const key = newKey()
  const text = 'id-card 11010519491231002X'
  expect(blinded(key, 'documents', text)).toBe(blinded(key, 'documents', text))
  expect(blinded(key, 'documents', text)).not.toBe(blinded(newKey(), 'documents', text))
  expect(blinded(key, 'documents', text)).not.toBe(blinded(key, 'others', text))
})

test('C6: a city does not start without its keys; two sandboxes have keys of their own, the same after a restart', async () => {
  const { databaseUrl, schema, release } = await testDatabase()
  const start = (name: string) =>
    startSandbox({ port: 0, databaseUrl, schema: name, keep: true, quiet: true, sweepMs: null })
  const first = await start(schema)
  const keyOf = (sandbox: typeof first) => derOf(sandbox.world.keys.ofCity('330100'))
  const key = keyOf(first)
  const service = { ...first.world, keys: keysFrom({}) }
  await expect(startCity(service, { port: 0, host: '127.0.0.1', docs: false })).rejects.toThrow(
    /^CITY_KEY_\d{6} is not set/,
  )
  await first.close()
  const again = await start(schema)
  expect(keyOf(again)).toBe(key)
  const other = await start(`${schema}_other`)
  expect(keyOf(other)).not.toBe(key)
  await other.world.database.empty()
  await Promise.all([again.close(), other.close()])
  await release()
}, 60_000)
