import { asId, type CityId, type PaymentId } from '@/domain/ids'
import { createQueue, mostInFlight } from '@/services/queue'
import { hangzhou, sendJson, startCity } from '../support/city'
import { example } from '../support/contract-examples'
import { createPhone, nodeRequest } from '../support/phone'

test('only so many tasks run at once, and urgent ones go before all others in the queue', async () => {
  const queue = createQueue(2)
  const began: string[] = []
  const ends: (() => void)[] = []
  const work = (name: string, isFirst = false) =>
    queue(() => {
      began.push(name)
      return new Promise<void>((resolve) => ends.push(resolve))
    }, isFirst)
  const all = [work('a'), work('b'), work('c'), work('d'), work('money', true)]
  await null
  expect(began).toEqual(['a', 'b'])
  for (let turn = 0; turn < 5; turn += 1) {
    await new Promise((resolve) => setTimeout(resolve))
    ends[turn]?.()
  }
  await Promise.all(all)
  expect(began).toEqual(['a', 'b', 'money', 'c', 'd'])
})

test('a task added while a slot is handed on does not take that slot as well', async () => {
  for (let turns = 0; turns < 8; turns += 1) {
    const queue = createQueue(1)
    let [running, most] = [0, 0]
    const work = async () => {
      running += 1
      most = Math.max(most, running)
      await new Promise((resolve) => setTimeout(resolve))
      running -= 1
    }
    let end = () => {}
    const first = queue(() => new Promise<void>((resolve) => (end = resolve)), false)
    const all = [first, queue(work, false)]
    end()
    for (let turn = 0; turn < turns; turn += 1) await null
    all.push(queue(work, false))
    await Promise.all(all)
    expect([turns, most]).toEqual([turns, 1])
  }
})

test('a failed task frees its slot', async () => {
  const queue = createQueue(1)
  await expect(queue(() => Promise.reject(new Error('no')), false)).rejects.toThrow('no')
  expect(await queue(async () => 'yes', false)).toBe('yes')
})

test('of thirty requests at once eight are in flight, and each gets its response', async () => {
  const city = await startCity((request, response) =>
    sendJson(response, 200, example('Payment', { id: request.path.split('/')[2] })),
  )
  let now = 0
  let most = 0
  const { services } = createPhone({
    addresses: { [hangzhou]: city.url },
    request: async (request) => {
      now += 1
      most = Math.max(most, now)
      return nodeRequest(request).finally(() => {
        now -= 1
      })
    },
  })
  const ids = Array.from({ length: 30 }, (_, at) => asId<PaymentId>(`p-${at}`))
  const payments = await Promise.all(ids.map((id) => services.payments.get(hangzhou, id)))
  expect(payments.map(({ id }) => id)).toEqual(ids)
  expect(most).toBe(mostInFlight)
})

test('the same read twice at once is one request; a payment is always read again', async () => {
  const city = await startCity((request, response) =>
    sendJson(response, 200, example(request.path === '/manifest' ? 'Manifest' : 'Payment')),
  )
  const { services } = createPhone({ addresses: { [hangzhou]: city.url } })
  const manifests = await Promise.all([services.manifest.get(hangzhou), services.manifest.get(hangzhou)])
  expect(manifests.map(({ cityId }: { cityId: CityId }) => cityId)).toEqual([hangzhou, hangzhou])
  expect(city.requestsTo('/manifest')).toHaveLength(1)
  await services.manifest.get(hangzhou)
  expect(city.requestsTo('/manifest')).toHaveLength(2)
  const id = asId<PaymentId>('p-1')
  await Promise.all([services.payments.get(hangzhou, id), services.payments.get(hangzhou, id)])
  expect(city.requestsTo('/payments/p-1')).toHaveLength(2)
})
