/** What the sandbox's simulated pages of hosts look like, and how their buttons tell the preview. Nothing is loaded from elsewhere. */
export const simulatedStyle = `<style>
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
</style>`

/** Each button with `data-act` is played once; what came of it goes to who opened the page. */
export const simulatedScript = (source: string): string => `<script>
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
      return { outcome: 'unknown', detail: 'no answer' }
    }).then(function (said) {
      var to = window.opener || (window.parent !== window ? window.parent : null)
      if (to) to.postMessage({ source: '${source}', outcome: said.outcome || 'unknown', detail: said.detail || '' }, '*')
    })
  })
</script>`
