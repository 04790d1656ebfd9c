import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { nameInWechat, stylesOfAcss, wxmlOfAxml, wxsOfSjs } from './alipay-templates'

export type HostName = 'wechat' | 'alipay'

export interface Tab {
  readonly page: string
  readonly text: string
}

/** One compiled mini-program, as its folder holds it; Alipay's templates, styles and modules in WeChat's words. */
export interface Bundle {
  readonly host: HostName
  readonly folder: string
  /** Every page, `pages/home/index`, the first page first. */
  readonly pages: readonly string[]
  readonly tabs: readonly Tab[]
  readonly title: string
  /** Text files by their path in WeChat's words: `base.wxml`. */
  readonly files: ReadonlyMap<string, string>
}

/** What is read of `app.json`; the two hosts call some things by other names. */
interface AppJson {
  pages: string[]
  subPackages?: { root: string; pages: string[] }[]
  window?: { navigationBarTitleText?: string; defaultTitle?: string }
  tabBar?: { list?: { pagePath: string; text: string }[]; items?: { pagePath: string; name: string }[] }
}

const texts = ['.js', '.json', '.wxml', '.axml', '.wxss', '.acss', '.wxs', '.sjs']

export function readBundle(folder: string): Bundle {
  if (!existsSync(path.join(folder, 'app.json')))
    throw new Error(`${folder} holds no mini-program: run \`npm run build\` first`)
  const host: HostName = existsSync(path.join(folder, 'mini.project.json')) ? 'alipay' : 'wechat'
  const files = new Map<string, string>()
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!texts.includes(path.extname(name))) continue
    files.set(nameInWechat(name), inWechat(name, readFileSync(path.join(folder, name), 'utf8')))
  }
  const app: AppJson = JSON.parse(files.get('app.json') ?? '')
  const inner = (app.subPackages ?? []).flatMap(({ root, pages }) => pages.map((page) => `${root}/${page}`))
  const listed = (app.tabBar?.list ?? []).map(({ pagePath, text }) => ({ page: pagePath, text }))
  const items = (app.tabBar?.items ?? []).map(({ pagePath, name }) => ({ page: pagePath, text: name }))
  return {
    host,
    folder,
    pages: [...app.pages, ...inner],
    // Each host reads its own keys only.
    tabs: host === 'wechat' ? listed : items,
    title: (host === 'wechat' ? app.window?.navigationBarTitleText : app.window?.defaultTitle) ?? '',
    files,
  }
}

function inWechat(name: string, text: string): string {
  if (name.endsWith('.axml')) return wxmlOfAxml(text)
  if (name.endsWith('.sjs')) return wxsOfSjs(text)
  return name.endsWith('.acss') ? stylesOfAcss(text) : text
}

/** `../../comp` seen from `pages/home/index` is `comp`. */
export const resolveFrom = (file: string, relative: string): string =>
  relative.startsWith('/') ? relative.slice(1) : path.posix.join(path.posix.dirname(file), relative)
