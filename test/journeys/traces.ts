import type { Step } from '../engine/phone'

/** A step as both hosts must have it: random values are replaced. */
export interface ComparableStep {
  did: string
  page: string
  title: string
  says: string[]
  requests: string[]
  toasts: string[]
}

export function comparable(trace: readonly Step[]): ComparableStep[] {
  const names = new Map<string, string>()
  /** Ids, tokens, references and account numbers by the order in which they are first met. */
  const named = (text: string) =>
    text
      .replace(/[\w-]{10,}/g, (id) => {
        // A random id may be letters alone: `ap-zvrxrwwmuwmhmv`. Words of the contract are not random: `id-card-renewal`.
        if (!/\d/.test(id) && !/^[a-z]{1,3}-[a-z]{14}$/.test(id)) return id
        names.set(id, names.get(id) ?? `#${names.size + 1}`)
        return names.get(id) ?? ''
      })
      // Each host's citizen is another person to the city, under a masked name.
      .replace(/[\u4e00-\u9fff]\*+[\u4e00-\u9fff]?/g, '＊')
      // A cashier's result in its vendor's own words; what the app shows of it stays.
      .replace(/"detail":"[^"]*"/g, '"detail":"…"')
      // How many were there before, and which counter calls.
      .replace(/前面还有 \d+ 人/, '前面还有 # 人')
      .replace(/请到 \d+ 号窗口/, '请到 # 号窗口')
      // Who waits at a hall comes and goes by the clock.
      .replace(/\d+ 人等候（[^）]*）/, '# 人等候')
      .replace(/\d+ (位在等候|waiting)( \([^)]*\))?/, '# $1')
      // Invitation codes.
      .replace(/^[A-Z\d]{4} [A-Z\d]{4}$/, '#### ####')
      // Check-in codes.
      .replace(/\b[A-Z\d]{3} [A-Z\d]{3}\b/g, '### ###')
      .replace(/(取号凭码|, code) [A-Z\d]{6}\b/g, '$1 ######')
      // Marks of accounts, and the ids of keys: each city has its own key.
      .replace(/^[A-Z\d]{4}$|(识别码 |, mark |%2C|,)[A-Z\d]{4}(?=\b|%2C|,)/g, '$1####')
      .replace(/(:|%3A)[\da-f]{8}(?=:|%3A)/g, '$1########')
  return trace.map((step) => ({
    did: named(step.did),
    page: step.page,
    title: named(step.title),
    // Ages are told by the phone's clock, which a slow answer moves: whether a minute has gone by is chance.
    says: step.says.filter((line) => !/^\d+ 分钟前更新$|^Updated \d+ min ago$/.test(line)).map(named),
    // Responses come in any order. A call without network is retried after a random pause, so its step is chance.
    requests: step.requests
      .filter(({ status }) => status !== 'none')
      .map(({ method, path, body, status }) => named(`${method} ${path} ${JSON.stringify(body ?? null)} ${status}`))
      .sort(),
    toasts: step.toasts.map(named),
  }))
}
