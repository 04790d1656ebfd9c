// The phones beside the panel, and what their host does. They are there when the preview's own server shows this page.

import { say, t } from './words.js'

export const isPreview = location.pathname.startsWith('/preview/')
const hostKey = 'preview:host'

/** What each part of the host can be told to do. The first is what a fresh browser gets. */
const hostChoices = {
  scan: {
    label: { zh: '扫一扫', en: 'Scan' },
    text: { zh: '扫到的内容', en: 'What the code holds' },
    options: {
      ask: { zh: '每次询问', en: 'Ask each time' },
      read: { zh: '扫到旁边的内容', en: 'Reads this text' },
      cancelled: { zh: '取消', en: 'Cancelled' },
      denied: { zh: '拒绝相机权限', en: 'Camera refused' },
      empty: { zh: '扫到了，没有文字', en: 'A code without a text' },
      unavailable: { zh: '相机坏了', en: 'Camera fails' },
    },
  },
  messages: {
    label: { zh: '订阅消息', en: 'Messages' },
    options: {
      ask: { zh: '每次询问', en: 'Ask each time' },
      granted: { zh: '允许', en: 'Allowed' },
      refused: { zh: '拒绝', en: 'Refused' },
      unavailable: { zh: '已被关闭', en: 'Switched off' },
    },
  },
  calendar: {
    label: { zh: '日历', en: 'Calendar' },
    options: {
      ask: { zh: '每次询问', en: 'Ask each time' },
      added: { zh: '加入', en: 'Added' },
      refused: { zh: '取消', en: 'Cancelled' },
      denied: { zh: '拒绝权限', en: 'Permission refused' },
      failed: { zh: '出错', en: 'Fails' },
    },
  },
  location: {
    label: { zh: '位置', en: 'Location' },
    options: {
      ask: { zh: '浏览器的位置', en: 'As the browser' },
      'at:30.2741,120.1551': { zh: '杭州', en: 'Hangzhou' },
      'at:45.8038,126.535': { zh: '哈尔滨', en: 'Harbin' },
      'at:39.9042,116.4074': { zh: '北京', en: 'Beijing' },
      denied: { zh: '拒绝权限', en: 'Refused' },
      unavailable: { zh: '找不到', en: 'Not found' },
      never: { zh: '一直不答复', en: 'Never answers' },
    },
  },
  map: {
    label: { zh: '地图', en: 'Map' },
    options: {
      ask: { zh: '显示地点', en: 'Show the place' },
      failed: { zh: '打不开', en: 'Does not open' },
    },
  },
  call: {
    label: { zh: '打电话', en: 'Phone call' },
    options: {
      ask: { zh: '每次询问', en: 'Ask each time' },
      called: { zh: '拨打', en: 'Called' },
      refused: { zh: '取消', en: 'Cancelled' },
    },
  },
  network: {
    label: { zh: '网络', en: 'Network' },
    options: { ask: { zh: '有', en: 'On' }, off: { zh: '没有', en: 'Off' } },
  },
  theme: {
    label: { zh: '手机的外观', en: 'Look of the phone' },
    options: {
      ask: { zh: '跟随浏览器', en: 'As the browser' },
      light: { zh: '浅色', en: 'Light' },
      dark: { zh: '深色', en: 'Dark' },
    },
  },
}

function readHost() {
  try {
    return JSON.parse(localStorage.getItem(hostKey)) ?? {}
  } catch {
    return {}
  }
}
const chooseHost = (changed) => localStorage.setItem(hostKey, JSON.stringify({ ...readHost(), ...changed }))

const frames = []

/** A phone in a frame. The page's fragment follows the first one, so that a reload comes back to the same page. */
function addPhone(name, index) {
  const box = document.createElement('div')
  box.className = 'phone'
  const bar = document.createElement('div')
  bar.className = 'bar'
  const title = document.createElement('span')
  title.className = 'name'
  const restart = document.createElement('button')
  const alone = document.createElement('a')
  const frame = document.createElement('iframe')
  const query = name ? `phone=${name}` : ''
  frame.src = `/?${query}${index === 0 ? location.hash : ''}`
  restart.onclick = () => {
    frame.contentWindow.location.hash = '#/pages/home/index'
    frame.contentWindow.location.reload()
  }
  alone.target = '_blank'
  bar.append(title, alone, restart)
  box.append(bar, frame)
  document.getElementById('phones').append(box)
  frames.push(frame)
  const follow = () => {
    const { hash } = frame.contentWindow?.location ?? { hash: '' }
    alone.href = `/?alone${query ? `&${query}` : ''}${hash}`
    if (index === 0 && hash && hash !== location.hash) history.replaceState(null, '', location.search + hash)
  }
  setInterval(follow, 500)
  return () => {
    title.textContent = `${t().phone} ${index + 1}`
    frame.title = `${t().home} ${index + 1}`
    restart.textContent = t().restart
    alone.textContent = t().alone
  }
}

const retitle = []

export function showPhones() {
  if (!isPreview) return
  const count = new URLSearchParams(location.search).get('phones') === '2' ? 2 : 1
  document.body.classList.add('with-phones')
  for (const id of ['phones', 'host']) document.getElementById(id).hidden = false
  document.getElementById(count === 2 ? 'one' : 'two').hidden = false
  document.getElementById('docs').href = '/sandbox/docs/'
  // A browser that was never told anything asks.
  chooseHost({ call: 'ask', ...readHost() })
  const names = ['', '2'].slice(0, count)
  retitle.push(...names.map(addPhone))
}

export function showChoices() {
  for (const each of retitle) each()
  const chosen = readHost()
  const field = (id, label, input) => {
    const box = document.createElement('div')
    const title = document.createElement('label')
    title.textContent = say(label)
    title.htmlFor = id
    input.id = id
    box.append(title, input)
    return box
  }
  const cells = Object.entries(hostChoices).flatMap(([name, { label, options, text }]) => {
    const select = document.createElement('select')
    for (const [value, both] of Object.entries(options)) select.add(new Option(say(both), value))
    select.value = chosen[name] in options ? chosen[name] : 'ask'
    select.onchange = () => chooseHost({ [name]: select.value })
    const box = field(`host-${name}`, label, select)
    if (!text) return [box]
    const input = document.createElement('input')
    input.type = 'text'
    input.value = chosen.scanText ?? ''
    input.oninput = () => chooseHost({ scanText: input.value })
    return [box, field('host-scanText', text, input)]
  })
  document.getElementById('choices').replaceChildren(...cells)
}

// A phone changes it as well: its settings allow what was refused.
addEventListener('storage', ({ key }) => {
  if (isPreview && key === hostKey) showChoices()
})

/** The code that a phone reads next. */
export function setScan(text) {
  chooseHost({ scan: 'read', scanText: text })
  showChoices()
}

export function forgetPhones() {
  for (const key of Object.keys(localStorage)) if (/^city-services(-\w+)?:/.test(key)) localStorage.removeItem(key)
  for (const frame of frames) {
    frame.contentWindow.location.hash = '#/pages/home/index'
    frame.contentWindow.location.reload()
  }
}
