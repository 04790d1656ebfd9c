import { simulatedScript, simulatedStyle } from './simulated-page'

type Till = { title: string; amountFen: number; reference: string; isOpen: boolean }

const yuan = (fen: number): string => {
  const digits = String(fen).padStart(3, '0')
  return `${digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',')}.${digits.slice(-2)}`
}

const plain = (text: string): string => text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`)

/** One self-contained page: nothing is loaded from elsewhere. */
export const tillPage = ({ title, amountFen, reference, isOpen }: Till): string =>
  pageOf(`<main>
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
</main>`)

/** Where the preview signs an agreement for automatic payments. */
export const agreementPage = (): string =>
  pageOf(`<main>
  <div class="order">
    <p>自动扣款协议</p>
    <p>城市可按您在应用中设的上限扣款。随时可以关闭。</p>
  </div>
  <button class="main" data-act="sign">同意并签约</button>
  <section>
    <h2>也可以试试</h2>
    <button data-act="refuse">不同意<span>6001，没有签约</span></button>
  </section>
</main>`)

const pageOf = (main: string): string => `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>模拟收银台</title>
${simulatedStyle}
</head>
<body>
<header><b>模拟</b>沙箱收银台，不会真的扣款</header>
${main}
${simulatedScript('till')}
</body>
</html>
`
