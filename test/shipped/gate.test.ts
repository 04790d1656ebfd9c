import { faultsOf } from './gate'
import { shippedFiles } from './output'

test.each(['weapp', 'alipay'] as const)('nothing can be said against %s without running it', (host) => {
  expect(faultsOf(host, shippedFiles(host))).toEqual([])
})
