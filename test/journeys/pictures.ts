import { mkdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { type HostName, readBundle } from '../engine/bundle'
import { paint } from '../engine/paint'
import { Phone } from '../engine/phone'
import { launchBrowser } from '../support/browser'
import { startTestSandbox } from '../support/sandbox'
import { type Look, tour } from './tour/tour'
import { folders, startAt, walkOf } from './walk'

/**
 * Pictures of every screen of a compiled mini-program, for people to look at: `npm run pictures -- elder dark`, of what was
 * built last. Looks: `elder`, `dark`, `en`, `largest` (the phone's own font), `alipay`. They go to dist/pictures/, a folder a look.
 */
async function main(looks: readonly string[]): Promise<void> {
  const unknown = looks.filter((look) => !['elder', 'dark', 'en', 'largest', 'alipay'].includes(look))
  if (unknown.length > 0) throw new Error(`no such look: ${unknown.join(', ')}`)
  const has = (look: string) => looks.includes(look)
  const host: HostName = has('alipay') ? 'alipay' : 'wechat'
  const look: Look = {
    elder: has('elder'),
    ...(has('dark') && { theme: 'dark' }),
    ...(has('en') && { language: 'en' }),
  }
  const out = path.resolve(__dirname, '../../dist/pictures', looks.join('-') || 'usual')
  rmSync(out, { recursive: true, force: true })
  mkdirSync(out, { recursive: true })

  const browser = await launchBrowser()
  const page = await browser.newPage({ deviceScaleFactor: 2, isMobile: true })
  const sandbox = await startTestSandbox({ startAt })
  const bundle = readBundle(folders[host])
  const phone = new Phone({ bundle, sandbox: sandbox.address, citizen: 'walker', startAt })
  phone.circumstances.fontScale = has('largest') ? 2 : 1
  let count = 0
  await tour(walkOf(host, phone, sandbox), bundle.pages, look, async (name) => {
    count += 1
    await page.setViewportSize({ width: 375, height: 812 })
    await page.setContent(paint(phone, bundle))
    // A phone as long as the page: fixed bars at the bottom appear once.
    const height = await page.evaluate(() => document.documentElement.scrollHeight)
    await page.setViewportSize({ width: 375, height })
    const file = `${String(count).padStart(2, '0')}-${name.replace(/\W+/g, '-')}.png`
    await page.screenshot({ path: path.join(out, file), fullPage: true })
  })
  if (phone.problems.length > 0) throw new Error(phone.problems.join('\n'))
  console.log(`${count} pictures in ${path.relative(process.cwd(), out)}`)
  phone.kill()
  await Promise.all([browser.close(), sandbox.close()])
  process.exit()
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error)
  process.exit(1)
})
