import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import type { Browser, BrowserContext, Frame, Page } from 'playwright-core'
import { launchBrowser } from '../support/browser'
import { wordsIn } from '../support/words'

/** The command that a newcomer types, and the addresses that it prints, in a browser. */

const root = path.join(__dirname, '../..')
const words = wordsIn('zh-CN')
/** A first build under load. */
const PATIENCE_MS = 300_000

/** Cities of its own, not those of whoever works here. */
const dataFolder = mkdtempSync(path.join(os.tmpdir(), 'npm-start-'))
let command: ChildProcess
let printed = ''
let browser: Browser
let foldersBefore: string[]
let wasBuilt: boolean
let ports: number[]
let opened: Page | undefined

const isCityFolder = (name: string) => /^city-sandbox-(?!postgresql)/.test(name)
const cityFolders = () => readdirSync(os.tmpdir()).filter(isCityFolder)

async function freePorts(): Promise<number[]> {
  const servers = [createServer(), createServer()]
  const listening = servers.map(
    (server) =>
      new Promise<number>((resolve) =>
        server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)),
      ),
  )
  const free = await Promise.all(listening)
  for (const server of servers) server.close()
  return free
}

/** All that still runs and was started by the command: its processes have its ports in their environment. */
function leftRunning(): string[] {
  if (process.platform !== 'linux') return []
  return readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid) || Number(pid) === process.pid) return false
    try {
      const env = readFileSync(`/proc/${pid}/environ`, 'utf8')
      return env.includes(`SANDBOX_PORT=${ports[0]}\0`) && env.includes(`PREVIEW_PORT=${ports[1]}\0`)
    } catch {
      return false
    }
  })
}

/** A preview that other tests open. */
const isBuilt = () => existsSync(path.join(root, 'dist/h5/index.html'))
const addressOf = (what: string) => new RegExp(`^ *${what} .*(http://\\S+)$`, 'm').exec(printed)?.[1] ?? ''
const tokenOf = (address: string) => new URL(address).searchParams.get('token')

beforeAll(async () => {
  // PostgreSQL may run as another user.
  chmodSync(dataFolder, 0o755)
  foldersBefore = cityFolders()
  wasBuilt = isBuilt()
  ports = await freePorts()
  command = spawn('npm', ['start'], {
    cwd: root,
    env: {
      ...process.env,
      NODE_ENV: '',
      SANDBOX_PORT: String(ports[0]),
      PREVIEW_PORT: String(ports[1]),
      SANDBOX_DATA: path.join(dataFolder, 'postgres'),
    },
    detached: true,
  })
  await new Promise<void>((resolve, reject) => {
    const read = (data: Buffer) => {
      printed += String(data)
      if (/Ctrl-C stops everything/.test(printed)) resolve()
    }
    command.stdout?.on('data', read)
    command.stderr?.on('data', read)
    command.on('close', () => reject(new Error(`npm start ended: ${printed}`)))
  })
  browser = await launchBrowser()
  // A morning on which halls are open and no biller sleeps.
  const now = new Date()
  const monday = new Date(now.getTime() + (8 - (now.getUTCDay() || 7)) * 86_400_000).toISOString().slice(0, 10)
  const control = addressOf('Faults and clock')
  await fetch(new URL('clock', control), {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${tokenOf(control)}` },
    body: JSON.stringify({ set: `${monday}T10:00:00+08:00` }),
  })
}, PATIENCE_MS)

// What is on the screen says more than a time that has passed.
afterEach(async () => {
  if (opened && !opened.isClosed()) {
    const texts = await Promise.all(opened.frames().map((frame) => frame.locator('body').innerText()))
    console.error(opened.url(), texts.join('\n---\n').slice(0, 3000))
  }
})

afterAll(async () => {
  await browser?.close()
  try {
    if (command?.pid) process.kill(-command.pid, 'SIGKILL')
  } catch {}
  rmSync(dataFolder, { recursive: true, force: true, maxRetries: 5 })
})

async function openPreview(width: number): Promise<{ page: Page; context: BrowserContext; problems: string[] }> {
  const context = await browser.newContext({ viewport: { width, height: 860 }, locale: 'zh-CN' })
  context.setDefaultTimeout(30_000)
  const page = await context.newPage()
  const problems: string[] = []
  opened = page
  page.on('pageerror', (error) => problems.push(error.message))
  await page.goto(addressOf('Preview'))
  return { page, context, problems }
}

/** The app, wherever it is shown; `nth` is the phone. */
async function app(page: Page, nth = 0): Promise<Frame> {
  if (!page.url().includes('/preview/')) return page.mainFrame()
  const handle = await page.locator('iframe').nth(nth).elementHandle()
  const frame = await handle?.contentFrame()
  if (!frame) throw new Error('there is no phone')
  return frame
}

const begins = (text: string) => new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`)
const button = (frame: Frame, text: string | RegExp, role: 'button' | 'checkbox' | 'radio' = 'button') =>
  frame
    .getByRole(role, { name: typeof text === 'string' ? begins(text) : text })
    .filter({ visible: true })
    .first()
const sees = (frame: Frame, text: string | RegExp) => frame.getByText(text).filter({ visible: true }).first().waitFor()

test('each part is ticked, and each address it prints answers', async () => {
  for (const part of ['sandbox city', 'WeChat mini-program', 'Alipay mini-program', 'browser preview'])
    expect(printed).toMatch(`✓ ${part}`)
  expect(printed).not.toMatch('✗')
  expect(existsSync(path.join(root, 'dist/weapp/app.json'))).toBe(true)
  expect(isBuilt()).toBe(wasBuilt)
  const docs = await fetch(addressOf('API documentation'))
  expect([docs.status, (await docs.text()).includes('City Service API')]).toEqual([200, true])
  const control = await fetch(addressOf('Faults and clock'))
  expect([control.status, (await control.text()).includes('panel.js')]).toEqual([200, true])
})

test('on a narrow screen the app is alone: a citizen chooses a city, pays a bill and books a visit', async () => {
  const { page, context, problems } = await openPreview(375)
  const phone = await app(page)
  await button(phone, words.home.chooseCity).click()
  await button(phone, '杭州').click()
  await sees(phone, words.home.services)
  expect(await page.locator('iframe').count()).toBe(0)

  await phone.locator('.taro-tabbar__tabbar a', { hasText: words.home.tabs.bills }).filter({ visible: true }).click()
  await button(phone, /^电费.*\d/).click()
  await button(phone, /^\d{4}年.*电费/).click()
  await button(phone, begins(words.billing.bill.pay('¥'))).click()
  await button(phone, words.paying.checkout.checked, 'checkbox')
    .click()
    .catch(() => {})
  await button(phone, begins(words.paying.checkout.pay('¥'))).click()
  await page.frameLocator('iframe[title="Simulated till"]').getByRole('button', { name: '确认付款' }).click()
  await sees(phone, words.paying.states.paid.title)

  await page.goto(addressOf('Preview'))
  await button(phone, words.home.book).click()
  await button(phone, '居民身份证换领').click()
  await button(phone, '杭州市民中心办事大厅').click()
  await button(phone, /^\d\d:\d\d.*余/, 'radio').click()
  await sees(phone, words.booking.held)
  await phone.locator(`[aria-label^="${words.booking.name}"] input`).last().fill('李小明')
  await phone.locator(`[aria-label^="${words.booking.phone}"] input`).last().fill('13800000001')
  await button(phone, words.booking.doConfirm).click()
  await sees(phone, words.booking.codeHint)
  expect(problems).toEqual([])
  await context.close()
})

test('on a wide screen a phone stands beside the panel, and the panel plays host, clock and faults', async () => {
  const { page, context, problems } = await openPreview(1280)
  await page.waitForURL(/\/preview\//)
  const phone = await app(page)
  await sees(phone, words.home.chooseCity)
  expect(await page.locator('#host-scan').isVisible()).toBe(true)
  const now = page.locator('#now')
  await page.waitForFunction(() => /\d{4}-/.test(document.getElementById('now')?.textContent ?? ''))
  const before = await now.innerText()
  await page.getByRole('button', { name: '+1 天' }).click()
  await page.waitForFunction(
    (day) => document.getElementById('now')?.textContent?.slice(0, 10) !== day,
    before.slice(0, 10),
  )

  // A code is read as chosen in the panel.
  await button(phone, words.home.chooseCity).click()
  await button(phone, '杭州').click()
  await button(phone, words.home.kinds.gas).click()
  const account = page.locator('#accounts tr', { hasText: '燃气' }).first()
  const number = await account.locator('td').nth(1).innerText()
  await account.getByRole('button', { name: '设为扫码结果' }).click()
  await button(phone, words.billing.bind.scan).click()
  await phone.waitForFunction(
    (text) => Array.from(document.querySelectorAll('input')).some(({ value }) => value === text),
    number,
  )

  await page.getByRole('tab', { name: 'N 网络' }).click()
  expect(await page.locator('#rows summary').count()).toBeGreaterThan(0)
  await page.getByRole('button', { name: 'English' }).click()
  await page.getByRole('heading', { name: 'Make it go wrong' }).waitFor()
  expect(problems).toEqual([])
  await context.close()
})

test('two citizens side by side are two, and one link', async () => {
  const { page, context } = await openPreview(1440)
  await page.getByRole('link', { name: '两位市民并排' }).click()
  await page.waitForURL(/phones=2/)
  for (const nth of [0, 1]) {
    const phone = await app(page, nth)
    await button(phone, words.home.chooseCity).click()
    await button(phone, '杭州').click()
    await sees(phone, words.home.services)
  }
  const citizens = await page.evaluate(() =>
    ['city-services:citizen', 'city-services-2:citizen'].map((key) => localStorage.getItem(key)),
  )
  expect(new Set(citizens.filter(Boolean)).size).toBe(2)
  await context.close()
})

test('nobody but this machine reaches the control API through the preview', async () => {
  const preview = addressOf('Preview')
  const ask = (headers: Record<string, string>) =>
    fetch(new URL('/preview/faults', preview), { headers }).then(({ status }) => status)
  const authorization = `Bearer ${tokenOf(preview)}`
  expect(await ask({ authorization })).toBe(200)
  expect(await ask({})).toBe(403)
  expect(await ask({ authorization, 'x-forwarded-for': '192.168.1.20' })).toBe(403)
  expect(await ask({ authorization, origin: 'https://elsewhere.example' })).toBe(403)
})

test('Ctrl-C says that it stops, leaves with 0 and leaves nothing behind', async () => {
  const ended = new Promise((resolve) => command.once('close', (code, signal) => resolve(code ?? signal)))
  const began = Date.now()
  expect(leftRunning().length).toBeGreaterThan(3)
  process.kill(-(command.pid ?? 0), 'SIGINT')
  // npm itself leaves as its signal says, where it heard it first.
  expect([0, 130, 'SIGINT']).toContain(await ended)
  const patience = Date.now() + 15_000
  while (leftRunning().length > 0 && Date.now() < patience) await new Promise((resolve) => setTimeout(resolve, 100))
  expect(leftRunning()).toEqual([])
  expect(Date.now() - began).toBeLessThan(15_000)
  expect(printed).toMatch('Stopping …')
  expect(printed).not.toMatch('✗')
  for (const port of ports) await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow('fetch failed')
  expect(cityFolders().filter((name) => !foldersBefore.includes(name) && isMine(name))).toEqual([])
}, 60_000)

/** Other tests have cities of their own at the same time: theirs are in use. */
function isMine(name: string): boolean {
  try {
    return !execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' }).includes(name)
  } catch {
    return true
  }
}
