import { appJson, compressed, type ShippedHost, shippedFiles, subPackages, total } from './output'

const KB = 1024

/** Raw bytes, and compressed ones for the whole. The vendors allow 2 MB a package; these are ours. */
const budgets = { main: 478 * KB, subPackage: 121 * KB, whole: 1029 * KB, compressed: 350 * KB }

const hosts: readonly ShippedHost[] = ['weapp', 'alipay']
const kb = (bytes: number) => `${(bytes / KB).toFixed(1)} KB`

test.each(hosts)('%s keeps its size budgets', (host) => {
  const files = shippedFiles(host)
  const roots = subPackages(host)
  expect(roots.length).toBeGreaterThan(0)
  const inside = (root: string) => files.filter((file) => file.name.startsWith(root))
  const main = files.filter((file) => !roots.some((root) => file.name.startsWith(root)))
  const lines = [
    `main ${kb(total(main))}`,
    ...roots.map((root) => `${root} ${kb(total(inside(root)))}`),
    `whole ${kb(total(files))}`,
    `compressed ${kb(compressed(files))}`,
  ]
  process.stdout.write(`${host}: ${lines.join(', ')}\n`)
  expect(total(main)).toBeLessThan(budgets.main)
  for (const root of roots) expect(total(inside(root))).toBeLessThan(budgets.subPackage)
  expect(total(files)).toBeLessThan(budgets.whole)
  expect(compressed(files)).toBeLessThan(budgets.compressed)
})

test('WeChat finds the declarations that permissions and privacy need', () => {
  for (const key of ['lazyCodeLoading', 'requiredPrivateInfos', 'permission', '__usePrivacyCheck__'])
    expect(Object.keys(appJson('weapp'))).toContain(key)
})

test('roles and labels reach both templates', () => {
  const template = (host: ShippedHost, name: string) =>
    shippedFiles(host)
      .find((file) => file.name === name)
      ?.text() ?? ''
  expect(template('weapp', 'base.wxml')).toMatch(/<view[^>]* aria-role="/)
  expect(template('weapp', 'base.wxml')).toMatch(/<view[^>]* aria-label="/)
  expect(template('alipay', 'base.axml')).toMatch(/<view[^>]* role="/)
  expect(template('alipay', 'base.axml')).toMatch(/<view[^>]* aria-label="/)
})
