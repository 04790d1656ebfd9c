import { defineText } from '..'

/** Money that was paid to the wrong account, asked back. */
export const recall = defineText({
  'zh-CN': {
    offer: '付错户号？申请撤回',
    title: '申请撤回',
    which: '撤回哪一笔',
    stops: '还没有入账：现在撤回，不再入账，钱原路退回。',
    decides: (days: number) =>
      `已经入账：要缴费单位同意。它会在 ${days} 天内答复，同意后原路退回；不同意的，钱留在这个户号。`,
    doIt: '申请撤回',
    notNow: '不撤回',
    failed: '未能提交撤回申请',
    progress: '撤回进度',
    reference: '撤回编号',
    asked: '已申请撤回',
    waiting: '等待缴费单位答复',
    decideBy: (time: string) => `${time}前答复`,
    late: (time: string) => `应在${time}前答复，已逾期。请点按下方“反馈问题”，城市会催办。`,
    stopped: '已撤回，不再入账',
    agreed: '缴费单位同意退回',
    declined: '缴费单位不同意退回，钱留在这个户号',
    unlisted: '请询城市',
    back: '钱原路退回，进度见“退款进度”。',
  },
  en: {
    offer: 'Paid the wrong account? Ask for it back',
    title: 'Recall a payment',
    which: 'Which bill?',
    stops: 'Not credited yet: it stops now and the money is returned to you.',
    decides: (days) =>
      `Already credited: the biller has to agree. It answers within ${days} days. If it agrees the money is returned to you; if not it stays with that account.`,
    doIt: 'Ask for it back',
    notNow: 'Keep payment',
    failed: 'Could not ask for it back',
    progress: 'Recall progress',
    reference: 'Recall number',
    asked: 'Recall requested',
    waiting: 'Waiting for the biller’s answer',
    decideBy: (time) => `Answer due by ${time}`,
    late: (time) => `An answer was due by ${time} and is late. Report it below and the city will follow it up.`,
    stopped: 'Recalled before it was credited',
    agreed: 'The biller agreed to return it',
    declined: 'The biller declined. The money stays with that account',
    unlisted: 'Ask the city',
    back: 'The money is being returned to you. See the refund progress.',
  },
})
