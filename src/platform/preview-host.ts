import type {
  CalendarEntry,
  CalendarResult,
  LocationResult,
  MapLocation,
  Messages,
  Permission,
  ScanResult,
  SubscribeResult,
} from './types'

/**
 * Simulates what a browser lacks. The panel beside the phone (sandbox/panel) chooses what each part does; without a choice a
 * sheet in the phone asks. Only `index.h5.ts` imports this file, so it cannot ship.
 */

/** Written by the panel, in the browser's storage that both share: `{ "scan": "read", "scanText": "…" }`. */
const storageKey = 'preview:host'

function choices(): Record<string, unknown> {
  try {
    const stored: unknown = JSON.parse(window.localStorage.getItem(storageKey) ?? '{}')
    return typeof stored === 'object' && stored !== null ? { ...stored } : {}
  } catch {
    return {}
  }
}

/** The panel's choice for a part of the host; `''`: ask. */
export function choice(name: string): string {
  const chosen = choices()[name]
  return typeof chosen === 'string' && chosen !== 'ask' ? chosen : ''
}

/** Called when the panel's choice changes. Returns how to unsubscribe. */
export function onChoice(listener: () => void): () => void {
  const changed = (event: StorageEvent) => {
    if (event.key === storageKey || event.key === null) listener()
  }
  window.addEventListener('storage', changed)
  return () => window.removeEventListener('storage', changed)
}

interface Sheet {
  readonly title: string
  readonly detail?: string
  /** A text field, with its initial value. */
  readonly text?: string
  readonly options: Readonly<Record<string, string>>
}

const isChinese = () => /^zh/i.test(navigator.language)
const word = (zh: string, en: string) => (isChinese() ? zh : en)

const styles = {
  veil: 'position:fixed;inset:0;z-index:9999;display:flex;align-items:flex-end;background:rgba(16,24,22,.52)',
  sheet:
    'box-sizing:border-box;width:100%;max-height:90%;overflow:auto;padding:20px 16px 24px;display:grid;gap:12px;border-radius:12px 12px 0 0;background:#fff;color:#1a2422;font:16px/24px system-ui,sans-serif',
  note: 'margin:0;font-size:14px;line-height:20px;color:#5f6a67;white-space:pre-wrap;overflow-wrap:anywhere',
  title: 'margin:0;font-size:18px;line-height:28px;font-weight:600',
  field:
    'box-sizing:border-box;width:100%;min-height:44px;padding:8px 12px;border:1px solid #7d8783;border-radius:8px;font:inherit;color:inherit;background:#fff',
  button:
    'min-height:44px;padding:8px 16px;border:1px solid #e3dfd6;border-radius:8px;background:#fff;color:#0b5f5c;font:inherit;text-align:start;cursor:pointer',
}

function part<Tag extends keyof HTMLElementTagNameMap>(tag: Tag, style: string, text = ''): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag)
  element.style.cssText = style
  element.textContent = text
  return element
}

/** The choice in the panel, or else in a sheet over the page. */
function chosenFor(name: string, { title, detail, text, options }: Sheet): Promise<{ answer: string; text: string }> {
  const ready = choice(name)
  if (Object.keys(options).includes(ready)) return Promise.resolve({ answer: ready, text: choice(`${name}Text`) })
  return new Promise((resolve) => {
    const veil = part('div', styles.veil)
    const sheet = part('div', styles.sheet)
    sheet.setAttribute('role', 'dialog')
    sheet.setAttribute('aria-label', title)
    const field = part('input', styles.field)
    sheet.append(part('p', styles.note, word('模拟宿主', 'Simulated host')), part('p', styles.title, title))
    if (detail) sheet.append(part('p', styles.note, detail))
    if (text !== undefined) {
      field.value = text
      field.setAttribute('aria-label', title)
      sheet.append(field)
    }
    for (const [answer, label] of Object.entries(options)) {
      const button = part('button', styles.button, label)
      button.onclick = () => {
        veil.remove()
        resolve({ answer, text: field.value })
      }
      sheet.append(button)
    }
    veil.append(sheet)
    document.body.append(veil)
  })
}

const refused = () => word('拒绝权限', 'Refuse the permission')

export async function scan(): Promise<ScanResult> {
  const { answer, text } = await chosenFor('scan', {
    title: word('扫一扫', 'Scan a code'),
    detail: word('码里的内容：', 'What the code holds:'),
    text: choice('scanText'),
    options: {
      read: word('扫到这个内容', 'Read this'),
      cancelled: word('取消', 'Cancel'),
      denied: refused(),
      empty: word('扫到了，但没有文字', 'A code without a text'),
      unavailable: word('相机坏了', 'The camera fails'),
    },
  })
  if (answer === 'read') return { kind: 'code', text }
  if (answer === 'cancelled' || answer === 'denied') return { kind: answer }
  return { kind: answer === 'empty' ? 'unreadable' : 'unavailable' }
}

/** Both hosts refuse more at once. */
const mostAtOnce = 3

export const messages: Messages = {
  templatesOf: 'wechat',
  async subscribe(ids) {
    const { answer } = await chosenFor('messages', {
      title: word('订阅消息', 'Subscription messages'),
      detail: ids.slice(0, mostAtOnce).join('\n'),
      options: {
        granted: word('允许', 'Allow'),
        refused: word('拒绝', 'Refuse'),
        unavailable: word('已被关闭，无法询问', 'Switched off, cannot be asked for'),
      },
    })
    const all: Record<string, SubscribeResult> = {}
    ids.forEach((id, index) => {
      all[id] = index < mostAtOnce && (answer === 'granted' || answer === 'refused') ? answer : 'unavailable'
    })
    return all
  },
}

export async function addToCalendar(entry: CalendarEntry): Promise<CalendarResult> {
  const { title, startsAtSeconds, location, notes } = entry
  const starts = new Date((startsAtSeconds + 8 * 3600) * 1000).toISOString().slice(0, 16).replace('T', ' ')
  const { answer } = await chosenFor('calendar', {
    title: word('加入日历', 'Add to the calendar'),
    detail: [title, starts, location, notes].filter(Boolean).join('\n'),
    options: {
      added: word('加入', 'Add'),
      refused: word('取消', 'Cancel'),
      denied: refused(),
      failed: word('日历出错', 'The calendar fails'),
    },
  })
  return answer === 'added' || answer === 'refused' || answer === 'denied' ? answer : 'failed'
}

export async function openMap({ name, address, latitude, longitude }: MapLocation): Promise<boolean> {
  const { answer } = await chosenFor('map', {
    title: word('宿主的地图', 'The map of the host'),
    detail: `${name}\n${address}\n${latitude}, ${longitude}`,
    options: { shown: word('看过了，返回', 'Seen, go back'), failed: word('打不开', 'It does not open') },
  })
  return answer === 'shown'
}

/** Null when the browser itself calls: on a real phone it can. */
export function call(phoneNumber: string): Promise<boolean> | null {
  return 'call' in choices() ? playedCall(phoneNumber) : null
}

async function playedCall(phoneNumber: string): Promise<boolean> {
  const { answer } = await chosenFor('call', {
    title: word(`拨打 ${phoneNumber}`, `Call ${phoneNumber}`),
    options: { called: word('拨打', 'Call'), refused: word('取消', 'Cancel') },
  })
  return answer === 'called'
}

/** The panel's location of the phone; null when the browser's own is used. */
export function locate(): Promise<LocationResult> | null {
  const chosen = choice('location')
  const [, latitude, longitude] = /^at:(-?[\d.]+),(-?[\d.]+)$/.exec(chosen) ?? []
  if (latitude && longitude)
    return Promise.resolve({ kind: 'point', latitude: Number(latitude), longitude: Number(longitude) })
  if (chosen === 'denied' || chosen === 'unavailable') return Promise.resolve({ kind: chosen })
  if (chosen === 'never') return new Promise(() => {})
  return null
}

const partOf: Readonly<Record<Permission, [part: string, zh: string, en: string]>> = {
  location: ['location', '位置', 'Location'],
  camera: ['scan', '相机', 'Camera'],
  calendar: ['calendar', '日历', 'Calendar'],
  messages: ['messages', '订阅消息', 'Subscription messages'],
}

/** The host's settings: grants again what the panel refused. */
async function openSettings(permission: Permission): Promise<boolean> {
  const [part, zh, en] = partOf[permission]
  const { answer } = await chosenFor('settings', {
    title: word('宿主的设置', 'Settings of the host'),
    detail: word(zh, en),
    options: { granted: word('允许', 'Allow'), denied: word('不允许', 'Leave it refused') },
  })
  if (answer !== 'granted') return false
  const rest = choices()
  delete rest[part]
  window.localStorage.setItem(storageKey, JSON.stringify(rest))
  return true
}

export const settings = {
  location: () => openSettings('location'),
  camera: () => openSettings('camera'),
  calendar: () => openSettings('calendar'),
  messages: () => openSettings('messages'),
}

/** `?phone=2` is another phone in the same browser, with its own storage and citizen. */
export function phoneName(): string {
  return /[?&]phone=([a-z0-9]+)/.exec(window.location.search)?.[1] ?? ''
}
