import type { Browser } from 'playwright-core'
import { launchBrowser, openPhone, type Phone, type PhoneOptions } from './browser'
import { type Preview, startPreview } from './preview-server'

/** Monday morning: halls are open, no biller sleeps. */
const startAt = '2026-11-23T10:00:00+08:00'

/**
 * For a file of walks: one browser, one preview, one sandbox with its own database. Faults are off and the network is
 * back before each test; after it its phones are closed, and it fails when one of them met a problem.
 */
export function walks(options: { startAt?: string; demo?: boolean } = {}): {
  preview: () => Preview
  phone: (options?: PhoneOptions) => Promise<Phone>
} {
  let browser: Browser
  let preview: Preview
  let phones: Phone[] = []

  beforeAll(async () => {
    const starting = await Promise.all([launchBrowser(), startPreview({ startAt, ...options })])
    browser = starting[0]
    preview = starting[1]
  }, 120_000)

  afterEach(async () => {
    const problems = phones.flatMap((phone) => phone.problems)
    await Promise.all(phones.map((phone) => phone.close()))
    phones = []
    await preview.noFaults()
    preview.cut = false
    preview.requests.length = 0
    expect(problems).toEqual([])
  })

  afterAll(async () => {
    await browser?.close()
    await preview?.close()
  })

  return {
    preview: () => preview,
    async phone(options) {
      const phone = await openPhone(browser, preview, options)
      phones.push(phone)
      return phone
    },
  }
}
