import path from 'node:path'
import type { ShippedFile, ShippedHost } from './output'
import { requiredBy } from './scripts'

const endings: Record<ShippedHost, { template: string; style: string }> = {
  weapp: { template: 'wxml', style: 'wxss' },
  alipay: { template: 'axml', style: 'acss' },
}

interface AppJson {
  pages: string[]
  subPackages?: { root: string; pages: string[] }[]
  preloadRule?: Record<string, { packages: string[] }>
  tabBar?: { list?: Record<string, string>[]; items?: Record<string, string>[] }
  usingComponents?: Record<string, string>
}

/** What is referred to and is not there; what a package refers to although it may be absent while it runs. */
export function lostReferences(host: ShippedHost, files: readonly ShippedFile[]): string[] {
  const names = new Set(files.map((file) => file.name))
  const app: AppJson = JSON.parse(files.find((file) => file.name === 'app.json')?.text() ?? '{"pages":[]}')
  const roots = (app.subPackages ?? []).map(({ root }) => `${root.replace(/\/$/, '')}/`)
  const packageOf = (name: string) => roots.find((root) => name.startsWith(root)) ?? ''
  const { template, style } = endings[host]
  const from = (file: string, reference: string) =>
    reference.startsWith('/') ? reference.slice(1) : path.posix.join(path.posix.dirname(file), reference)
  const needs = (file: string, reference: string, kinds: readonly string[] = ['']) => {
    const target = from(file, reference)
    const lost = kinds.filter((kind) => !names.has(target + kind)).map((kind) => `${file} refers to ${target}${kind}`)
    const foreign = packageOf(target) !== '' && packageOf(target) !== packageOf(file) && file !== 'app.json'
    return foreign ? [...lost, `${file} refers into another package: ${target}`] : lost
  }

  const pages = [
    ...app.pages,
    ...(app.subPackages ?? []).flatMap((part) => part.pages.map((page) => `${part.root}/${page}`)),
  ]
  const wholePage = ['.js', '.json', `.${template}`]
  const tabs = [...(app.tabBar?.list ?? []), ...(app.tabBar?.items ?? [])]
  const fromApp = [
    ...pages.flatMap((page) => needs('app.json', page, wholePage)),
    ...tabs.flatMap(({ pagePath = '', iconPath, selectedIconPath, icon, activeIcon }) => [
      ...needs('app.json', pagePath, wholePage),
      ...[iconPath, selectedIconPath, icon, activeIcon].flatMap((image) => (image ? needs('app.json', image) : [])),
    ]),
    ...Object.entries(app.preloadRule ?? {}).flatMap(([page, { packages }]) => [
      ...(pages.includes(page) ? [] : [`app.json loads ahead from ${page}, which is no page`]),
      ...packages
        .filter((name) => !roots.includes(`${name}/`))
        .map((name) => `app.json loads ahead ${name}, which is no package`),
    ]),
  ]
  const fromFile = (file: ShippedFile): string[] => {
    const { name } = file
    if (name.endsWith('.json')) {
      const { usingComponents = {} }: AppJson = JSON.parse(file.text())
      return Object.values(usingComponents).flatMap((component) => needs(name, component, wholePage))
    }
    if (name.endsWith(`.${template}`))
      return matches(file.text(), /<(?:import|include|wxs|import-sjs|image)\b[^>]*?\b(?:src|from)="([^"{]+)"/g)
        .filter((reference) => !/^(https?:|data:)/.test(reference))
        .flatMap((reference) => needs(name, reference))
    if (name.endsWith(`.${style}`))
      return matches(file.text(), /(?:@import\s*|url\()\s*["']?([^"')]+?)["']?\s*[;)]/g)
        .filter((reference) => !reference.startsWith('data:'))
        .flatMap((reference) => needs(name, reference))
    return name.endsWith('.js')
      ? requiredBy(file.text()).flatMap((reference) => needs(name, withEnding(reference)))
      : []
  }
  return [...fromApp, ...files.flatMap(fromFile)]
}

const withEnding = (reference: string) => (reference.endsWith('.js') ? reference : `${reference}.js`)

const matches = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map((match) => match[1] ?? '')
