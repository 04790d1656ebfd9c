import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { nameInWechat, stylesOfAcss, wxmlOfAxml, wxsOfSjs } from './alipay-templates'

export type HostName = 'wechat' | 'alipay'

export interface Tab {
  readonly page: string
  readonly text: string
  /** Paths of its pictures, for when another tab is shown, and for when it is. */
  readonly icons: readonly [string, string]
}

/** Colours of a title bar: `#ffffff`. */
export interface BarStyle {
  readonly front: string
  readonly ground: string
}

export interface TabStyle extends BarStyle {
  readonly selected: string
}

/** One compiled mini-program, as its folder holds it; Alipay's templates, styles and modules in WeChat's words. */
export interface Bundle {
  readonly host: HostName
  readonly folder: string
  /** Every page, `pages/home/index`, the first page first. */
  readonly pages: readonly string[]
  readonly tabs: readonly Tab[]
  readonly tabStyle: TabStyle
  readonly title: string
  readonly barStyle: BarStyle
  /** Text files by their path in WeChat's words: `base.wxml`. */
  readonly files: ReadonlyMap<string, string>
}

/** What is read of `app.json`; the two hosts call some things by other names. */
interface AppJson {
  pages: string[]
  subPackages?: { root: string; pages: string[] }[]
  window?: Record<string, string>
  tabBar?: Record<string, string> & {
    list?: { pagePath: string; text: string; iconPath: string; selectedIconPath: string }[]
    items?: { pagePath: string; name: string; icon: string; activeIcon: string }[]
  }
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
  const { tabBar = {}, window = {} } = app
  // Each host reads its own keys only.
  const own = host === 'wechat' ? wechatKeys : alipayKeys
  return {
    host,
    folder,
    pages: [...app.pages, ...inner],
    tabs: own.tabs(tabBar),
    tabStyle: {
      front: tabBar[own.tabFront] ?? '#000000',
      selected: tabBar.selectedColor ?? '#000000',
      ground: tabBar.backgroundColor ?? '#ffffff',
    },
    title: window[own.title] ?? '',
    barStyle: {
      front: window.navigationBarTextStyle === 'white' ? '#ffffff' : '#000000',
      ground: window[own.barGround] ?? '#ffffff',
    },
    files,
  }
}

interface Keys {
  tabs(bar: NonNullable<AppJson['tabBar']>): Tab[]
  tabFront: string
  title: string
  barGround: string
}

const wechatKeys: Keys = {
  tabs: ({ list = [] }) =>
    list.map((tab) => ({ page: tab.pagePath, text: tab.text, icons: [tab.iconPath, tab.selectedIconPath] })),
  tabFront: 'color',
  title: 'navigationBarTitleText',
  barGround: 'navigationBarBackgroundColor',
}

const alipayKeys: Keys = {
  tabs: ({ items = [] }) =>
    items.map((tab) => ({ page: tab.pagePath, text: tab.name, icons: [tab.icon, tab.activeIcon] })),
  tabFront: 'textColor',
  title: 'defaultTitle',
  barGround: 'titleBarColor',
}

function inWechat(name: string, text: string): string {
  if (name.endsWith('.axml')) return wxmlOfAxml(text)
  if (name.endsWith('.sjs')) return wxsOfSjs(text)
  return name.endsWith('.acss') ? stylesOfAcss(text) : text
}

/** `../../comp` seen from `pages/home/index` is `comp`. */
export const resolveFrom = (file: string, relative: string): string =>
  relative.startsWith('/') ? relative.slice(1) : path.posix.join(path.posix.dirname(file), relative)
