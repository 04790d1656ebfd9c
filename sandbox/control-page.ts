/** Switches for people: faults, clock, payments. One self-contained page over the control API. */
export const controlPage = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sandbox control</title>
<style>
  :root { color-scheme: light dark; --ground: #f4f6f8; --card: #fff; --text: #1c2430; --soft: #5d6b7c; --line: #e3e8ee; --main: #1668dc; --on: #fff; --bad: #c2410c }
  @media (prefers-color-scheme: dark) { :root { --ground: #11161d; --card: #1a212b; --text: #eef2f7; --soft: #9fb0c3; --line: #2c3746; --main: #4c9aff; --on: #08131f; --bad: #fb923c } }
  * { box-sizing: border-box }
  body { margin: 0; background: var(--ground); color: var(--text); font: 15px/1.5 system-ui, "Noto Sans CJK SC", "PingFang SC", sans-serif }
  main { max-width: 960px; margin: 0 auto; padding: 24px 16px 64px; display: grid; gap: 24px }
  h1 { margin: 0; font-size: 24px } h2 { margin: 0 0 8px; font-size: 16px }
  section { background: var(--card); border-radius: 12px; padding: 16px }
  .row { display: flex; flex-wrap: wrap; gap: 8px; align-items: center }
  button, select { min-height: 36px; border: 1px solid var(--line); border-radius: 8px; background: var(--card); color: var(--text); font: inherit; padding: 4px 12px; cursor: pointer }
  button:hover { border-color: var(--main) }
  #now { font-size: 20px; font-variant-numeric: tabular-nums; margin-right: 16px }
  .faults { display: grid; grid-template-columns: repeat(auto-fill, minmax(280px, 1fr)); gap: 8px; margin-bottom: 16px }
  h3 { margin: 0 0 8px; font-size: 14px } h3 b { color: var(--main); margin-inline-end: 8px }
  label.fault { display: grid; grid-template-columns: 1fr auto; gap: 4px 12px; padding: 12px; border: 1px solid var(--line); border-radius: 8px; cursor: pointer }
  label.fault i { grid-column: 1 / 3; font-style: normal; font-size: 13px }
  label.fault i::before { color: var(--soft); content: attr(data-says) " " }
  label.fault.on { border-color: var(--bad) }
  label.fault b { font-weight: 600 } label.fault span { grid-column: 1 / 3; color: var(--soft); font-size: 13px }
  input[type=checkbox] { width: 20px; height: 20px; accent-color: var(--bad) }
  table { width: 100%; border-collapse: collapse; font-size: 14px } td, th { text-align: start; padding: 6px 8px; border-top: 1px solid var(--line) } th { color: var(--soft); font-weight: 400; border: 0 }
  a { color: var(--main) } .soft { color: var(--soft) }
</style>
</head>
<body>
<main>
  <header><h1>Sandbox control</h1><p class="soft">Moves the cities' clock and makes things go wrong. <a href="/docs/">API documentation</a></p></header>
  <section><h2>Clock</h2><div class="row"><span id="now">…</span>
    <button data-advance="60">+1 min</button><button data-advance="600">+10 min</button><button data-advance="3600">+1 h</button>
    <button data-advance="86400">+1 day</button><button data-clock-reset>Real time</button></div></section>
  <section><h2>Faults</h2>
    <div class="row" style="margin-bottom:12px"><select id="city"><option value="">In every city</option></select>
      <select id="times"><option value="">Until switched off</option><option value="1">Once</option><option value="3">Three times</option></select>
      <button data-clear>All off</button></div>
    <div id="faults"></div></section>
  <section><h2>Payments</h2><table><thead><tr><th>Payment number<th>State<th>Amount (fen)<th></tr></thead><tbody id="payments"></tbody></table></section>
  <section><h2>Visits</h2><table><thead><tr><th>Day<th>Item<th>State<th></tr></thead><tbody id="visits"></tbody></table></section>
  <section><h2>Numbers to bind</h2><table><thead><tr><th>City<th>Biller<th>Number<th>Bills</tr></thead><tbody id="accounts"></tbody></table></section>
  <section><h2>Begin again</h2><div class="row"><button data-reset>Empty all tables and seed them</button></div></section>
</main>
<script>
  var at = function (id) { return document.getElementById(id) }
  var call = function (method, path, body) {
    return fetch('/control' + path, { method: method, headers: body ? { 'Content-Type': 'application/json' } : {}, body: body ? JSON.stringify(body) : undefined }).then(function (answer) { return answer.json() })
  }
  var say = function (words) { return /^zh/.test(navigator.language) ? words.zh : words.en }
  var cell = function (row, text) { var td = row.insertCell(); td.textContent = text; return td }
  function part (tag, text, says) {
    var made = document.createElement(tag); made.textContent = text
    if (says) made.dataset.says = says
    return made
  }
  function put (name, on) {
    var body = { name: name, on: on }
    if (on && at('city').value) body.cityId = at('city').value
    if (on && at('times').value) body.times = Number(at('times').value)
    return call('PUT', '/faults', body)
  }
  function stepCard (step, faults) {
    var label = document.createElement('label')
    var names = [step.fault, step.also].filter(Boolean)
    var own = faults.filter(function (fault) { return names.indexOf(fault.name) >= 0 })
    var on = own.length > 0 && own.every(function (fault) { return fault.active.length > 0 })
    label.className = on ? 'fault on' : 'fault'
    label.append(part('b', names.join(' + ') || 'Nothing to switch on'))
    if (names.length) {
      var box = document.createElement('input'); box.type = 'checkbox'; box.checked = on
      box.onchange = function () {
        var last = Promise.resolve()
        names.forEach(function (name) { last = last.then(function () { return put(name, box.checked) }) })
        last.then(showFaults)
      }
      label.append(box, part('span', own.map(function (fault) { return say(fault.description) }).join('. ')))
    }
    label.append(part('i', say(step.todo), 'Do:'), part('i', say(step.expect), 'See:'))
    return label
  }
  function showFaults (said) {
    at('faults').replaceChildren.apply(at('faults'), said.rows.map(function (row) {
      var group = document.createElement('div')
      var title = part('h3', ''); title.append(part('b', row.row), say(row.title))
      var cards = document.createElement('div'); cards.className = 'faults'
      row.steps.forEach(function (step) { cards.append(stepCard(step, said.faults)) })
      group.append(title, cards)
      return group
    }))
  }
  function showPayments (list) {
    at('payments').replaceChildren()
    list.forEach(function (payment) {
      var row = at('payments').insertRow()
      cell(row, payment.reference); cell(row, payment.state); cell(row, payment.amountFen)
      var buttons = cell(row, '')
      ;[['pay', 'pay'], ['pay', 'pay, though closed', { force: true }], ['credit', 'credit'], ['refund', 'refund']].forEach(function (act) {
        var button = part('button', act[1]); button.style.marginRight = '4px'
        button.onclick = function () { call('POST', '/' + act[0], Object.assign({ paymentId: payment.id }, act[2])).then(refresh) }
        buttons.append(button)
      })
    })
  }
  function showVisits (list) {
    at('visits').replaceChildren()
    list.forEach(function (visit) {
      var row = at('visits').insertRow()
      cell(row, visit.day); cell(row, visit.itemId); cell(row, visit.state)
      var buttons = cell(row, '')
      ;['checked-in', 'served', 'no-show', 'excused', 'cancelled-by-hall', 'expired'].forEach(function (state) {
        var button = part('button', state); button.style.marginRight = '4px'
        button.onclick = function () { call('POST', '/visit', { appointmentId: visit.id, state: state }).then(refresh) }
        buttons.append(button)
      })
    })
  }
  function refresh () {
    return call('GET', '/state').then(function (state) {
      at('now').textContent = state.now.slice(0, 19).replace('T', ' ')
      showPayments(state.payments)
      showVisits(state.visits)
      if (at('city').options.length === 1) state.cities.forEach(function (city) { at('city').add(new Option('Only ' + city.name, city.id)) })
    })
  }
  document.addEventListener('click', function (event) {
    var data = event.target.dataset || {}
    if (data.advance) call('POST', '/clock', { advanceSeconds: Number(data.advance) }).then(refresh)
    if ('clockReset' in data) call('POST', '/clock', { reset: true }).then(refresh)
    if ('clear' in data) call('DELETE', '/faults').then(showFaults)
    if ('reset' in data) call('POST', '/reset').then(function () { location.reload() })
  })
  call('GET', '/faults').then(showFaults)
  call('GET', '/accounts').then(function (said) {
    said.accounts.forEach(function (account) {
      var row = at('accounts').insertRow()
      cell(row, account.cityId); cell(row, account.billerId); cell(row, account.number)
      cell(row, account.bills + (account.lookup === 'answers' ? '' : ', ' + account.lookup))
    })
  })
  refresh(); setInterval(refresh, 2000)
</script>
</body>
</html>
`
