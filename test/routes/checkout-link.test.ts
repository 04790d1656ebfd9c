import { mostBills } from '@/domain/choice'
import { asId, type BillId, type CityId } from '@/domain/ids'
import { readCheckout, routes } from '@/routes'

const city = asId<CityId>('330100')
const bill = (text: string) => asId<BillId>(text)

/** What the host hands to the page of an address; `raw` where it leaves the values encoded. */
const paramsOf = (address: string, raw = false) =>
  Object.fromEntries(
    (address.split('?')[1] ?? '').split('&').map((pair) => {
      const [name = '', value = ''] = pair.split('=')
      return [name, raw ? value : decodeURIComponent(value)]
    }),
  )

test('the checkout reads what a link to it holds', () => {
  const bills = [{ bill: bill('b1') }, { bill: bill('9007199254740993'), amountFen: 5000 }, { bill: bill('b-3.x_') }]
  const address = routes.checkout({ city, bills })
  expect(decodeURIComponent(address)).toBe(
    '/pages/paying/checkout/index?city=330100&bills=b1,9007199254740993:5000,b-3.x_',
  )
  expect(readCheckout(paramsOf(address))).toEqual({ city, bills })
  expect(readCheckout(paramsOf(address, true))).toEqual({ city, bills })
})

test('a link to one bill is a basket of one', () => {
  const address = routes.checkout({ city, bill: bill('b1') })
  expect(address).toBe('/pages/paying/checkout/index?city=330100&bill=b1')
  expect(readCheckout(paramsOf(address))).toEqual({ city, bills: [{ bill: 'b1' }] })
})

test.each([
  ['nothing', ''],
  ['an empty place', 'b1,,b2'],
  ['a path', '../b1'],
  ['a bill twice', 'b1,b2,b1'],
  ['a bill twice with two amounts', 'b1:100,b1:200'],
  ['half a fen', 'b1:0.5'],
  ['no fen', 'b1:0'],
  ['an empty amount', 'b1:'],
  ['less than nothing', 'b1:-5'],
  ['an amount in another notation', 'b1:1e3'],
  ['an amount that a double does not hold', 'b1:9007199254740993'],
  ['two amounts', 'b1:5:6'],
  ['markup', '<b>'],
  ['too many', Array.from({ length: mostBills + 1 }, (_, at) => `b${at}`).join(',')],
])('N8: a link with %s is not read', (_, bills) => {
  expect(readCheckout({ city, bills })).toBeNull()
})

test('N8: twenty bills are read; a link without a city, or with bill and bills, is not', () => {
  const bills = Array.from({ length: mostBills }, (_, at) => `b${at}`).join(',')
  expect(readCheckout({ city, bills })?.bills).toHaveLength(20)
  expect(readCheckout({ bills })).toBeNull()
  expect(readCheckout({ city: '33010', bills })).toBeNull()
  expect(readCheckout({ city, bills: 'b1', bill: 'b1' })).toBeNull()
  expect(readCheckout(undefined)).toBeNull()
})

test('N14: parameters that were encoded twice are read, and what cannot be decoded is refused', () => {
  const twice = encodeURIComponent(encodeURIComponent('b1,b2:5000'))
  expect(readCheckout({ city: '330100', bills: twice })).toEqual(readCheckout({ city: '330100', bills: 'b1,b2:5000' }))
  expect(readCheckout({ city: '330100', bills: twice })?.bills).toHaveLength(2)
  expect(readCheckout({ city: '330100', bills: 'b1%E6%' })).toBeNull()
  expect(readCheckout({ city: '330100', bills: 'b1%00' })).toBeNull()
})
