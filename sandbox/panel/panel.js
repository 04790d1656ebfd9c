// Clock, faults, payments, visits and accounts of the sandbox, over its control API beside this page.

import { forgetPhones, isPreview, setScan, showChoices, showPhones } from './phones.js'
import { changeLanguage, isChinese, say, t } from './words.js'

const at = (id) => document.getElementById(id)

/** In the address that is printed at the start. It stays here, and leaves the address bar. */
const tokenKey = 'sandbox:token'
const given = new URLSearchParams(location.search)
if (given.has('token')) {
  localStorage.setItem(tokenKey, given.get('token'))
  given.delete('token')
  history.replaceState(null, '', location.pathname + (given.size ? `?${given}` : '') + location.hash)
}

async function call(method, path, body) {
  const headers = { Authorization: `Bearer ${localStorage.getItem(tokenKey)}` }
  if (body) headers['Content-Type'] = 'application/json'
  const response = await fetch(path, { method, headers, body: body && JSON.stringify(body) })
  const answer = await response.json()
  if (response.status === 403) throw new Error(t().noToken)
  return answer
}

function element(tag, text = '', className = '') {
  const made = document.createElement(tag)
  made.textContent = text
  made.className = className
  return made
}

function button(text, act, className) {
  const made = element('button', text, className)
  made.onclick = act
  return made
}

const cells = (row, ...texts) => {
  for (const text of texts) row.insertCell().textContent = text
}

let known = { faults: [], rows: [] }
let accounts = []
let cities = []
let family = 'M'
const opened = new Set()

const isOn = (name) => known.faults.some((fault) => fault.name === name && fault.active.length > 0)
const namesOf = (step) => [step.fault, step.also].filter(Boolean)

async function switchFault(name, on) {
  const body = { name, on }
  if (on && at('city').value) body.cityId = at('city').value
  if (on && at('times').value) body.times = Number(at('times').value)
  known = await call('PUT', 'faults', body)
}

function stepOf(step) {
  const names = namesOf(step)
  const on = names.length > 0 && names.every(isOn)
  const box = element('div', '', on ? 'step on' : 'step')
  if (names.length > 0) {
    const label = element('label')
    const check = element('input')
    check.type = 'checkbox'
    check.checked = on
    check.onchange = async () => {
      for (const name of names) await switchFault(name, check.checked)
      showFaults()
    }
    const described = known.faults.filter(({ name }) => names.includes(name)).map(({ description }) => say(description))
    label.append(check, element('span', described.join(isChinese() ? '；' : '; ')))
    box.append(label)
  }
  const list = element('dl')
  list.append(element('dt', t().todo), element('dd', say(step.todo)))
  list.append(element('dt', t().expect), element('dd', say(step.expect)))
  box.append(list)
  return box
}

function showFaults() {
  const active = known.faults.filter(({ active }) => active.length > 0)
  at('active').hidden = active.length === 0
  at('active').replaceChildren(
    ...active.map(({ name, description }) => {
      const off = async () => {
        await switchFault(name, false)
        showFaults()
      }
      const chip = button(`× ${say(description)}`, off, 'chip')
      chip.setAttribute('aria-label', `${t().off}${isChinese() ? '：' : ': '}${say(description)}`)
      return chip
    }),
    button(t().allOff, async () => {
      known = await call('DELETE', 'faults')
      showFaults()
    }),
  )
  const rows = known.rows.filter(({ row }) => row.startsWith(family))
  at('rows').replaceChildren(
    ...rows.map(({ row, title, steps }) => {
      const details = element('details', '', steps.some((step) => namesOf(step).some(isOn)) ? 'on' : '')
      const summary = element('summary')
      summary.append(element('b', row), element('span', say(title)))
      details.open = opened.has(row)
      details.ontoggle = () => (details.open ? opened.add(row) : opened.delete(row))
      details.append(summary, ...steps.map(stepOf))
      return details
    }),
  )
  for (const tab of at('families').children) tab.setAttribute('aria-selected', String(tab.dataset.family === family))
}

function showFamilies() {
  at('families').replaceChildren(
    ...Object.entries(t().families).map(([name, text]) => {
      const tab = button(text, () => {
        family = name
        showFaults()
      })
      tab.setAttribute('role', 'tab')
      tab.dataset.family = name
      return tab
    }),
  )
}

function fill(select, options) {
  const chosen = select.value
  select.replaceChildren(...options.map(([value, text]) => new Option(text, value)))
  if (options.some(([value]) => value === chosen)) select.value = chosen
}

function showSelects() {
  const names = cities.map((city) => [city.id, say(city.names ?? city.name)])
  fill(at('city'), [['', t().everyCity], ...names])
  fill(at('times'), [
    ['', t().untilOff],
    ['1', t().once],
    ['3', t().threeTimes],
  ])
  fill(at('account-city'), names)
}

function showAccounts() {
  at('accounts').replaceChildren()
  for (const account of accounts.filter(({ cityId }) => cityId === at('account-city').value)) {
    const row = at('accounts').insertRow()
    cells(row, say(account.biller ?? account.billerId), account.number, say(account.about ?? account.bills))
    const acts = row.insertCell()
    acts.className = 'acts'
    const copy = button(t().copy, async () => {
      await navigator.clipboard?.writeText(account.number)
      copy.textContent = t().copied
    })
    acts.append(copy)
    if (isPreview) acts.append(button(t().scanned, () => setScan(account.number)))
  }
}

/** Only what changed is shown anew: a button that is being pressed must not be replaced. */
const shown = {}
function changed(name, value) {
  const text = isChinese() + JSON.stringify(value)
  if (shown[name] === text) return false
  shown[name] = text
  return true
}

function showPayments(list) {
  if (!changed('payments', list)) return
  at('payments').replaceChildren()
  if (list.length === 0) cells(at('payments').insertRow(), t().empty)
  for (const { id, reference, state, amountFen } of list) {
    const row = at('payments').insertRow()
    cells(row, reference, t().paymentStates[state] ?? state, (amountFen / 100).toFixed(2))
    const acts = row.insertCell()
    acts.className = 'acts'
    for (const [name, text] of Object.entries(t().acts)) {
      const path = name === 'force' ? 'pay' : name
      const body = name === 'force' ? { paymentId: id, force: true } : { paymentId: id }
      acts.append(button(text, () => call('POST', path, body).then(refresh)))
    }
  }
}

function showVisits(list) {
  if (!changed('visits', list)) return
  at('visits').replaceChildren()
  if (list.length === 0) cells(at('visits').insertRow(), t().empty)
  for (const { id, day, item, state } of list) {
    const row = at('visits').insertRow()
    cells(row, day, say(item), t().visitBefore[state] ?? t().visitStates[state] ?? state)
    const acts = row.insertCell()
    acts.className = 'acts'
    for (const [name, text] of Object.entries(t().visitStates))
      acts.append(button(text, () => call('POST', 'visit', { appointmentId: id, state: name }).then(refresh)))
  }
}

function showReports(list) {
  if (!changed('reports', list)) return
  at('reports').replaceChildren()
  if (list.length === 0) cells(at('reports').insertRow(), t().empty)
  for (const { id, reference, state } of list) {
    const row = at('reports').insertRow()
    cells(row, reference, t().reportStates[state] ?? state)
    const acts = row.insertCell()
    acts.className = 'acts'
    for (const [kind, text] of Object.entries(t().answers))
      acts.append(button(text, () => call('POST', 'answer-report', { reportId: id, kind }).then(refresh)))
  }
}

function showLetters(list) {
  if (!changed('letters', list)) return
  at('letters').replaceChildren()
  if (list.length === 0) cells(at('letters').insertRow(), t().empty)
  for (const { title, text } of list) cells(at('letters').insertRow(), say(title), say(text))
}

async function refresh() {
  try {
    const state = await call('GET', 'state')
    at('now').textContent = state.now.slice(0, 19).replace('T', ' ')
    if (changed('cities', state.cities)) {
      cities = state.cities
      showSelects()
      showAccounts()
    }
    showPayments(state.payments)
    showVisits(state.visits)
    showReports(state.reports)
    showLetters(state.letters)
  } catch (error) {
    at('now').textContent = error.message === t().noToken ? error.message : t().failed
  }
}

function showAll() {
  document.documentElement.lang = isChinese() ? 'zh-CN' : 'en'
  for (const each of document.querySelectorAll('[data-t]')) each.textContent = t()[each.dataset.t]
  if (!isPreview) document.querySelector('h1').textContent = t().titleAlone
  at('language').textContent = t().language
  at('language').lang = isChinese() ? 'en' : 'zh-CN'
  showFamilies()
  showSelects()
  showFaults()
  showAccounts()
  showChoices()
  void refresh()
}

document.addEventListener('click', ({ target }) => {
  const { advance, clockReset, reset } = target.dataset ?? {}
  if (advance) call('POST', 'clock', { advanceSeconds: Number(advance) }).then(refresh)
  if (clockReset !== undefined) call('POST', 'clock', { reset: true }).then(refresh)
  if (reset !== undefined) call('POST', 'reset').then(forgetPhones).then(refresh)
})
at('account-city').onchange = showAccounts
at('language').onclick = () => {
  changeLanguage()
  showAll()
}

showPhones()
showAll()
/** Without the token the line of the clock says what is missing. */
const ignore = () => undefined
call('GET', 'faults').then((answer) => {
  known = answer
  showFaults()
}, ignore)
call('GET', 'accounts').then((answer) => {
  accounts = answer.accounts
  showAccounts()
}, ignore)
setInterval(refresh, 2000)
