import { repeatLine } from './call'
import type { Profile, Verdict } from './check'
import { exitCodeOf, type MustResult, type Result } from './run'

const marked = (text: string) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
/** What the contract puts between signs for code and weight. */
const spoken = (text: string) =>
  marked(text)
    .replace(/\*\*(.+?)\*\*/g, '$1')
    .replace(/`(.+?)`/g, '<code>$1</code>')

const profiles: Readonly<Record<Profile, string>> = {
  core: 'For every city · 基础',
  bills: 'Bills · 账单',
  payments: 'Payments · 缴费',
  booking: 'Visits · 预约',
}
const words: Readonly<Record<Verdict, string>> = {
  pass: 'kept · 守住',
  fail: 'broken · 未守住',
  skip: 'not tested · 未能测试',
  omit: 'not offered · 未提供',
}

/** One sentence that somebody reads who has one minute. */
function summary(result: Result): string {
  if (result.ownFaults.length > 0)
    return 'The kit itself failed: its run says nothing yet. · 工具自身出错，本次结果不作数。'
  if (exitCodeOf(result) === 0) return 'This backend keeps the contract. · 该后端守住了契约。'
  const broken = result.musts.filter(({ verdict, must }) => verdict === 'fail' && must.level === 'must').length
  return broken > 0
    ? `This backend breaks ${broken} of the contract’s musts. · 该后端有 ${broken} 条未守住。`
    : 'What was tested is kept; some could not be tested. · 已测试的都守住了，部分未能测试。'
}

function row({ must, verdict, why, findings }: MustResult): string {
  const details = findings.map(({ expected, got, exchange }) => {
    const again = exchange ? `<dt>Again · 重现</dt><dd><pre>${marked(repeatLine(exchange))}</pre></dd>` : ''
    const request = exchange?.requestId ? `<dt>Request · 请求编号</dt><dd>${marked(exchange.requestId)}</dd>` : ''
    return `<dl><dt>Expected · 应为</dt><dd>${marked(expected)}</dd><dt>Came · 实为</dt><dd><pre>${marked(got)}</pre></dd>${request}${again}</dl>`
  })
  const weight = must.level === 'should' ? ' <small>should · 建议</small>' : ''
  const reason = why ? `<p class="why">${marked(why)}</p>` : ''
  const more = details.length > 0 ? `<details><summary>What was seen · 详情</summary>${details.join('')}</details>` : ''
  return `<li class="${verdict}"><b>${words[verdict]}</b><div><p>${spoken(must.says)}${weight}</p>${reason}${more}<small>${must.id}</small></div></li>`
}

const style = `
:root { color-scheme: light dark; --line: #e3e6ea; --soft: #5b6470; --kept: #0f7a3d; --broken: #b3261e; --unsure: #8a5a00; --ground: #fff; --ink: #16191d }
@media (prefers-color-scheme: dark) { :root { --line: #333a42; --soft: #a3adb8; --kept: #63c98a; --broken: #ff8a80; --unsure: #e2b04a; --ground: #14171a; --ink: #eceff2 } }
* { box-sizing: border-box }
body { margin: 0 auto; max-width: 56rem; padding: 2rem 1.25rem 4rem; background: var(--ground); color: var(--ink); font: 16px/1.55 system-ui, "PingFang SC", "Noto Sans CJK SC", sans-serif }
h1 { margin: 0; font-size: 1.6rem } h2 { margin: 2.5rem 0 .5rem; font-size: 1.1rem } p { margin: 0 }
.verdict { margin: 1.25rem 0; font-size: 1.15rem; font-weight: 600 } .soft, small, .why { color: var(--soft) }
.counts { display: flex; flex-wrap: wrap; gap: .5rem 2rem; margin: 1rem 0 0; padding: 0; list-style: none } .counts b { font-size: 1.5rem }
ul.musts { margin: 0; padding: 0; list-style: none } ul.musts li { display: grid; grid-template-columns: 11rem 1fr; gap: 0 1rem; padding: .8rem 0; border-top: 1px solid var(--line) }
.pass b { color: var(--kept) } .fail b { color: var(--broken) } .skip b { color: var(--unsure) } .omit b { color: var(--soft); font-weight: 400 }
code, pre { font: .85em/1.5 ui-monospace, Menlo, Consolas, monospace } pre { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere }
dl { display: grid; grid-template-columns: 9rem 1fr; gap: .25rem 1rem; margin: .75rem 0; padding: .75rem; border: 1px solid var(--line); border-radius: 8px } dt { color: var(--soft) } dd { margin: 0; min-width: 0 }
summary { cursor: pointer; padding: .25rem 0 } @media (max-width: 40rem) { ul.musts li, dl { grid-template-columns: 1fr } }
`

/** One page for people, which needs nothing beside itself. */
export function pageReport(result: Result): string {
  const count = (verdict: Verdict) => result.musts.filter((one) => one.verdict === verdict).length
  const counts = (['pass', 'fail', 'skip', 'omit'] as const).map(
    (verdict) => `<li class="${verdict}"><b>${count(verdict)}</b> ${words[verdict]}</li>`,
  )
  const section = (title: string, own: readonly MustResult[]) =>
    own.length > 0 ? [`<h2>${title}</h2><ul class="musts">${own.map(row).join('')}</ul>`] : []
  // What there is to do comes before what is well.
  const [broken, others] = [true, false].map((wanted) =>
    result.musts.filter(({ verdict }) => (verdict === 'fail') === wanted),
  )
  const sections = [
    ...section('To be mended · 需要修正', broken ?? []),
    ...(Object.keys(profiles) as Profile[]).flatMap((profile) =>
      section(
        profiles[profile],
        (others ?? []).filter(({ must }) => must.profile === profile),
      ),
    ),
  ]
  const faults =
    result.ownFaults.length > 0
      ? `<h2>Faults of the kit, not of the city · 工具自身的问题</h2>${result.ownFaults.map((fault) => `<pre>${marked(fault)}</pre>`).join('')}`
      : ''
  const name = `${marked(result.city.name)} ${marked(result.city.id)}`
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${name}: City Service API</title><style>${style}</style>
<h1>${name}</h1><p class="soft">City Service API · ${marked(result.city.base)} · ${marked(result.began)} · ${result.calls} calls, ${result.seconds} s</p>
<p class="verdict">${summary(result)}</p><ul class="counts">${counts.join('')}</ul>
${sections.join('\n')}${faults}
</html>
`
}
