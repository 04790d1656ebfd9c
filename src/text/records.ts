import { defineText, plural } from '.'

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/** What stays of payments: their list, receipts, and reports of a problem with one. */
export const records = defineText({
  'zh-CN': {
    payments: {
      title: '缴费记录',
      none: '还没有缴费记录',
      noneText: '缴过的费用会显示在这里，票据也在这里找。',
      month: (year: number, month: number) => `${year}年${month}月`,
      billsOf: (count: number) => `等 ${count} 笔账单`,
      more: '显示更早的记录',
      moreFailed: '没有读到更早的记录，点击重试',
    },
    receipt: {
      title: '缴费凭证',
      paid: '实付金额',
      number: '凭证号码',
      reference: '支付单号',
      payer: '付款人',
      paidAt: '付款时间',
      issuedAt: '开具时间',
      bills: '缴费内容',
      verify: '查验二维码',
      verifyText: '工作人员扫码即可核验真伪。',
      eBill: '财政电子票据',
      eBillState: { none: '此项缴费不开具电子票据', issuing: '正在开具，稍后可查', issued: '已开具' },
      eBillNumber: '票据号码',
      payment: '查看这笔支付',
    },
    report: {
      title: '反馈支付问题',
      lead: '已填好这笔支付的信息，确认后提交即可。',
      reason: '遇到的问题',
      reasons: {
        'not-credited': '付款了，但没有入账',
        'charged-twice': '重复扣款',
        'wrong-amount': '金额不对',
        'refund-late': '退款没有到账',
        other: '其他问题',
      },
      text: '说明',
      textHint: '可以修改或补充',
      template: {
        'not-credited': (reference: string, amount: string, time: string) =>
          `支付单号 ${reference}，金额 ${amount}，${time} 已付款，缴费单位至今没有入账，请核查。`,
        'charged-twice': (reference: string, amount: string, time: string) =>
          `支付单号 ${reference}，金额 ${amount}，${time} 付款，怀疑被重复扣款，请核查。`,
        'wrong-amount': (reference: string, amount: string, time: string) =>
          `支付单号 ${reference}，金额 ${amount}，${time} 付款，金额与账单不符，请核查。`,
        'refund-late': (reference: string, amount: string, time: string) =>
          `支付单号 ${reference}，金额 ${amount}，${time} 付款，退款没有到账，请核查。`,
        other: (reference: string, amount: string, time: string) =>
          `支付单号 ${reference}，金额 ${amount}，时间 ${time}。`,
      },
      empty: '请写一句说明',
      submit: '提交',
      failed: '没有提交成功，内容已保留',
      privacy: '请不要填写银行卡号、密码或验证码。',
      doneTitle: '已收到您的反馈',
      doneText: (time: string) => `城市承诺 ${time} 前答复。您的钱有记录可查，不需要再付。`,
      doneReference: '反馈编号',
      backToPayment: '回到这笔支付',
      amount: '支付金额',
      notOffered: '这座城市还不能在线反馈',
      notOfferedText: (phone: string) => `请拨打 ${phone}，并提供支付单号。`,
    },
  },
  en: {
    payments: {
      title: 'Payments',
      none: 'No payments yet',
      noneText: 'What you pay shows here, with its receipts.',
      month: (year, month) => `${months[month - 1]} ${year}`,
      billsOf: (count) => `and more, ${plural(count, 'bill')}`,
      more: 'Show earlier payments',
      moreFailed: 'Could not read earlier payments. Try again',
    },
    receipt: {
      title: 'Receipt',
      paid: 'Paid',
      number: 'Receipt number',
      reference: 'Reference',
      payer: 'Payer',
      paidAt: 'Paid at',
      issuedAt: 'Issued at',
      bills: 'What was paid',
      verify: 'Code to verify',
      verifyText: 'Staff can scan it to see that it is genuine.',
      eBill: 'Fiscal e-bill',
      eBillState: { none: 'None is issued for this', issuing: 'Being issued', issued: 'Issued' },
      eBillNumber: 'E-bill number',
      payment: 'See the payment',
    },
    report: {
      title: 'Report a problem',
      lead: 'The facts of this payment are filled in. Check and send.',
      reason: 'What is wrong',
      reasons: {
        'not-credited': 'Paid, but not credited',
        'charged-twice': 'Charged twice',
        'wrong-amount': 'Wrong amount',
        'refund-late': 'The refund did not arrive',
        other: 'Something else',
      },
      text: 'In your words',
      textHint: 'Change or add what you like',
      template: {
        'not-credited': (reference, amount, time) =>
          `Payment ${reference}, ${amount}, paid ${time}: the biller has not credited it. Please look into it.`,
        'charged-twice': (reference, amount, time) =>
          `Payment ${reference}, ${amount}, paid ${time}: it may have been charged twice. Please look into it.`,
        'wrong-amount': (reference, amount, time) =>
          `Payment ${reference}, ${amount}, paid ${time}: the amount differs from the bill. Please look into it.`,
        'refund-late': (reference, amount, time) =>
          `Payment ${reference}, ${amount}, paid ${time}: the refund has not arrived. Please look into it.`,
        other: (reference, amount, time) => `Payment ${reference}, ${amount}, ${time}.`,
      },
      empty: 'Please write a sentence',
      submit: 'Send',
      failed: 'Not sent. Your text is kept',
      privacy: 'Never write card numbers, passwords or codes here.',
      doneTitle: 'We have your report',
      doneText: (time) => `The city promises an answer by ${time}. Your money is on record, do not pay again.`,
      doneReference: 'Report reference',
      backToPayment: 'Back to the payment',
      amount: 'Amount',
      notOffered: 'This city takes no reports here yet',
      notOfferedText: (phone) => `Call ${phone} and give the reference.`,
    },
  },
})
