// node scripts/pictures.mjs: the README's pictures, taken from the preview beside a sandbox city, into test/pictures/.
import { existsSync, mkdirSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { register } from 'tsx/cjs/api'
import { giveUp, root, setUp, step } from './setup.mjs'

const folder = path.join(root, 'test', 'pictures')
const MOST_BYTES = 150_000

await setUp()
process.env.PREVIEW_DIST ??= path.join(root, 'dist', 'h5')
if (!existsSync(path.join(process.env.PREVIEW_DIST, 'index.html'))) {
  const { code, output } = await step(process.execPath, ['scripts/build.mjs', 'h5'], {
    label: 'building the preview',
    env: { CITY_ADDRESSES: 'sandbox', SANDBOX_ADDRESS: '/sandbox' },
  })
  if (code !== 0) giveUp(output)
}

// The support of the tests is TypeScript.
const unregister = register()
const load = createRequire(import.meta.url)
const { launchBrowser, openPhone } = load('../test/support/browser.ts')
const { startPreview } = load('../test/support/preview-server.ts')
unregister()

mkdirSync(folder, { recursive: true })
const preview = await startPreview({ startAt: '2026-11-23T10:00:00+08:00', demo: true })
const browser = await launchBrowser()
const taken = []

/** One phone for a few pictures. Each is of a citizen of its own, so that none depends on another. */
async function walk(citizen, options, steps) {
  const phone = await openPhone(browser, preview, { city: '330100', citizen, sharpness: 1.75, ...options })
  const shoot = async (name) => {
    await phone.page.waitForLoadState('networkidle')
    // Whatever rises or fades in has come to rest.
    await phone.page.waitForTimeout(400)
    const file = path.join(folder, `${name}.png`)
    await phone.page.screenshot({ path: file })
    taken.push(file)
  }
  await steps(phone, shoot)
  await phone.close()
}

try {
  await preview.fault({ name: 'paid-not-credited' })
  await walk('pictures-large', { textSize: 'elder' }, async (phone, shoot) => {
    await phone.open()
    await phone.sees('我的预约')
    await shoot('home-large')
  })
  await walk('pictures-dark', { theme: 'dark' }, async (phone, shoot) => {
    await phone.open('/pages/bills/index')
    await phone.sees(/^待缴合计/)
    await shoot('bills-dark')
  })
  await walk('pictures-english', { language: 'en' }, async (phone, shoot) => {
    await phone.open()
    await phone.sees(/Renew an ID card/)
    await shoot('home-english')
  })
  await walk('pictures', {}, async (phone, shoot) => {
    await phone.open()
    await phone.sees(/居民身份证换领/)
    await shoot('home')
    await phone.tapTab('账单')
    await phone.sees(/^待缴合计/)
    await shoot('bills')
    await phone.tap(/^电费/)
    await phone.tap(/^2026年10月电费/)
    await phone.sees('费用明细')
    await shoot('bill')
    await phone.tap(/^缴纳/)
    await phone.tap(/^我已核对/, 'checkbox')
    await shoot('checkout')
    await phone.tap(/^支付/)
    await phone.till.getByRole('button', { name: '确认付款' }).click()
    await phone.sees('付款成功，等待缴费单位入账')
    await shoot('result')
    await phone.open('/pages/booking/slots/index?city=330100&hall=9007199254740995&item=id-card-renewal')
    await phone.sees('上午')
    await shoot('slots')
    await phone.open('/pages/appointments/index')
    await phone.tap(/^居民身份证换领/)
    await phone.sees('取号凭码')
    await shoot('check-in')
  })
} finally {
  await browser.close()
  await preview.close()
}

for (const file of taken) {
  const { size } = statSync(file)
  console.log(`${size > MOST_BYTES ? '✗' : '✓'} ${path.relative(root, file)}  ${Math.round(size / 1000)} kB`)
  if (size > MOST_BYTES) process.exitCode = 1
}
// The shared sandbox of the tests ends by itself after a while; do not wait for it.
process.exit()
