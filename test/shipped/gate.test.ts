import { faultsOf } from './gate'
import { shippedFiles } from './output'

test.each(['weapp', 'alipay'] as const)('the static gate finds no fault in %s', (host) => {
  expect(faultsOf(host, shippedFiles(host))).toEqual([])
})
