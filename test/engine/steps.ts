import type { Steps } from '../support/hosts/vendor'
import type { Life } from './life'

/** The steps between pages, with both hosts' rules: tabs stay, ten pages above each other, no step to a page that is not there. */
export function createSteps(life: Life): Steps & { count: number } {
  const known = (url: string, isTab: boolean) => {
    const { page } = parse(url)
    if (!life.bundle.pages.includes(page)) {
      life.problem(`there is no page ${url}`)
      return 'page is not found'
    }
    if (isTab === life.isTab(page)) return null
    life.problem(`${url} is ${isTab ? 'no tab' : 'a tab'}`)
    return isTab ? 'can not switch to no-tabBar page' : 'can not navigateTo a tabbar page'
  }
  const soon = (go: () => void) => {
    life.steps.count += 1
    life.clock.set(go, 0)
    return null
  }
  const open = (url: string) => {
    const { page, query } = parse(url)
    life.open(page, query)
  }
  return {
    count: 0,
    to(url) {
      if (life.stack.length >= 10) return 'webview count limit exceed'
      const go = () => {
        life.call(life.top, 'onHide')
        open(url)
      }
      return known(url, false) ?? soon(go)
    },
    replace(url) {
      const go = () => {
        life.close(life.stack.pop())
        open(url)
      }
      return known(url, false) ?? soon(go)
    },
    back(delta) {
      if (life.stack.length < 2) return 'cannot navigate back at first page'
      return soon(() => {
        for (let count = 0; count < delta && life.stack.length > 1; count += 1) life.close(life.stack.pop())
        life.call(life.top, 'onShow')
      })
    },
    tab(url) {
      const go = () => {
        const { page } = parse(url)
        const shown = life.stack.at(-1)
        if (shown?.route === page) return
        if (shown && life.isTab(shown.route)) life.call(shown, 'onHide')
        for (const left of life.stack.splice(0)) if (!life.isTab(left.route)) life.close(left)
        const kept = life.tabs.get(page)
        if (!kept) return open(url)
        life.stack = [kept]
        life.call(kept, 'onShow')
      }
      return known(url, true) ?? soon(go)
    },
    restart(url) {
      const { page } = parse(url)
      const go = () => {
        for (const left of new Set([...life.stack.splice(0), ...life.tabs.values()])) life.close(left)
        life.tabs.clear()
        open(url)
      }
      return known(url, life.isTab(page)) ?? soon(go)
    },
  }
}

export function parse(url: string): { page: string; query: Record<string, string> } {
  const [path = '', search = ''] = url.replace(/^\//, '').split('?')
  const pairs = search.split('&').filter((part) => part !== '')
  return {
    page: path,
    query: Object.fromEntries(pairs.map((pair) => [pair.split('=')[0], pair.slice(pair.indexOf('=') + 1)])),
  }
}

/** Alipay hands parameters over decoded, where they can be. */
export const decoded = (query: Record<string, string>) =>
  Object.fromEntries(Object.entries(query).map(([name, value]) => [name, decodedText(value)]))

function decodedText(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
