import { simulatedScript, simulatedStyle } from './simulated-page'

type Verify = { isFace: boolean; isOpen: boolean }

/** One self-contained page: nothing is loaded from elsewhere. */
export const verifyPage = ({ isFace, isOpen }: Verify): string => `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>模拟身份核验</title>
${simulatedStyle}
</head>
<body>
<header><b>模拟</b>沙箱身份核验，不采集人脸和证件</header>
<main>
  <div class="order"><p>${isFace ? '人脸核验' : '实名核验'}</p></div>
  ${isOpen ? '<button class="main" data-act="pass">通过核验</button>' : '<button class="main" disabled>这次核验已结束</button>'}
  <section>
    <h2>也可以试试</h2>
    <button data-act="cancel">取消<span>没有核验</span></button>
    <button data-act="refuse">未通过<span>姓名、证件号或画面不符合要求</span></button>
    <button data-act="other-person">不是本人<span>与证件上的人不一致</span></button>
    <button data-act="time-out">超时<span>规定时间内没有完成</span></button>
    <button data-act="vanish">关闭页面<span>没有结果</span></button>
  </section>
</main>
${simulatedScript('verifier')}
</body>
</html>
`
