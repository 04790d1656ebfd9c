type Till = { title: string; amountFen: number; reference: string; isOpen: boolean }

const yuan = (fen: number): string => {
  const digits = String(fen).padStart(3, '0')
  return `${digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',')}.${digits.slice(-2)}`
}

const plain = (text: string): string => text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`)

/** One self-contained page: nothing is loaded from elsewhere. */
export const tillPage = ({ title, amountFen, reference, isOpen }: Till): string => `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>模拟收银台</title>
<style>
  :root { color-scheme: light dark; --ground: #f4f6f8; --card: #fff; --text: #1c2430; --soft: #5d6b7c; --line: #e3e8ee; --main: #1668dc; --on: #fff }
  @media (prefers-color-scheme: dark) { :root { --ground: #11161d; --card: #1a212b; --text: #eef2f7; --soft: #9fb0c3; --line: #2c3746; --main: #4c9aff; --on: #08131f } }
  * { box-sizing: border-box }
  body { margin: 0; min-height: 100vh; display: flex; flex-direction: column; background: var(--ground); color: var(--text); font: 16px/1.5 system-ui, "Noto Sans CJK SC", "PingFang SC", sans-serif }
  header { padding: 12px 16px; text-align: center; color: var(--soft); font-size: 14px }
  header b { display: inline-block; padding: 0 8px; margin-right: 8px; border-radius: 4px; background: #fff3d6; color: #7a4d00; font-weight: 600 }
  main { flex: 1; width: 100%; max-width: 480px; margin: 0 auto; padding: 16px; display: flex; flex-direction: column; gap: 16px }
  .order { padding: 32px 16px; text-align: center; background: var(--card); border-radius: 16px }
  .order p { margin: 0; color: var(--soft); overflow-wrap: anywhere }
  .amount { margin: 8px 0; font-size: 40px; line-height: 48px; font-weight: 600; font-variant-numeric: tabular-nums }
  .amount small { font-size: 24px; margin-right: 4px }
  .order .number { font-size: 12px }
  button { width: 100%; min-height: 48px; border: 0; border-radius: 12px; background: var(--card); color: var(--text); font: inherit; cursor: pointer; padding: 8px 16px; text-align: start }
  button:focus-visible { outline: 3px solid var(--main); outline-offset: 2px }
  button.main { min-height: 52px; background: var(--main); color: var(--on); font-size: 18px; font-weight: 600; text-align: center }
  button:disabled { opacity: .5; cursor: default }
  section { display: flex; flex-direction: column; border-radius: 12px; overflow: hidden; background: var(--card) }
  section button { border-radius: 0; border-bottom: 1px solid var(--line) }
  section button:last-child { border-bottom: 0 }
  section span { display: block; font-size: 13px; color: var(--soft) }
  h2 { margin: 0; padding: 12px 16px 4px; font-size: 13px; font-weight: 400; color: var(--soft) }
</style>
</head>
<body>
<header><b>模拟</b>沙箱收银台，不会真的扣款</header>
<main>
  <div class="order">
    <p>${plain(title)}</p>
    <div class="amount"><small>¥</small>${yuan(amountFen)}</div>
    <p class="number">订单号 ${plain(reference)}</p>
  </div>
  ${isOpen ? '<button class="main" data-act="pay">确认付款</button>' : '<button class="main" disabled>这笔订单已不能付款</button>'}
  <section>
    <h2>也可以试试</h2>
    <button data-act="cancel">取消付款<span>6001，没有扣款</span></button>
    <button data-act="cancel-but-paid">提示取消，其实已扣款<span>fail cancel，钱已付出</span></button>
    <button data-act="unknown-8000">结果未知，稍后成功<span>8000，约 12 秒后到账</span></button>
    <button data-act="unknown-6002">网络出错<span>6002，没有扣款</span></button>
    <button data-act="fail">付款失败<span>4000，没有扣款</span></button>
    <button data-act="pay-and-vanish">付款后应用被关闭<span>钱已付出，没有任何回调</span></button>
    <button data-act="vanish">应用被关闭<span>没有扣款，没有任何回调</span></button>
    <button data-act="vanish-deciding">应用被关闭，结果未出<span>约 12 秒后到账，没有任何回调</span></button>
  </section>
</main>
<script>
  var acted = false
  document.addEventListener('click', function (event) {
    var button = event.target.closest('[data-act]')
    if (!button || acted) return
    acted = true
    document.querySelectorAll('button').forEach(function (each) { each.disabled = true })
    fetch(location.pathname.replace(/\\/$/, '') + '/acts', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ act: button.dataset.act })
    }).then(function (answer) { return answer.json() }).catch(function () {
      return { outcome: 'unknown', detail: 'the till did not answer' }
    }).then(function (said) {
      var to = window.opener || (window.parent !== window ? window.parent : null)
      if (to) to.postMessage({ source: 'till', outcome: said.outcome || 'unknown', detail: said.detail || '' }, '*')
    })
  })
</script>
</body>
</html>
`
