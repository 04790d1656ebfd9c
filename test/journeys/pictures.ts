import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { readBundle } from '../engine/bundle'
import { paint } from '../engine/paint'
import { Phone } from '../engine/phone'
import { launchBrowser } from '../support/browser'
import { startTestSandbox } from '../support/sandbox'
import { type Look, tour } from './tour/tour'
import { folders, startAt, walkOf } from './walk'

/** Pictures of the WeChat bundle for people to look at: `npx tsx test/journeys/pictures.ts out/ [elder] [dark]`. */
async function main([out = 'pictures', ...wishes]: string[]): Promise<void> {
  const look: Look = { elder: wishes.includes('elder'), ...(wishes.includes('dark') && { theme: 'dark' as const }) }
  mkdirSync(out, { recursive: true })
  const browser = await launchBrowser()
  const page = await browser.newPage({ viewport: { width: 375, height: 812 }, deviceScaleFactor: 2, isMobile: true })
  const sandbox = await startTestSandbox({ startAt })
  const bundle = readBundle(folders.wechat)
  const phone = new Phone({ bundle, sandbox: sandbox.address, citizen: 'walker', startAt })
  let count = 0
  await tour(walkOf('wechat', phone, sandbox), look, async (name) => {
    count += 1
    await page.setViewportSize({ width: 375, height: 812 })
    await page.setContent(paint(phone, bundle))
    // A phone as long as the page: what stays at the bottom is drawn there, once.
    const height = await page.evaluate(() => document.documentElement.scrollHeight)
    await page.setViewportSize({ width: 375, height })
    const file = `${String(count).padStart(2, '0')}-${name.replace(/\W+/g, '-')}.png`
    await page.screenshot({ path: path.join(out, file), fullPage: true })
  })
  if (phone.problems.length > 0) console.error(phone.problems.join('\n'))
  console.log(`${count} pictures in ${path.resolve(out)}`)
  phone.kill()
  await Promise.all([browser.close(), sandbox.close()])
  process.exit(0)
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error)
  process.exit(1)
})
