import { defineText } from '.'

/** A report of a problem with a payment or an appointment. */
export const report = defineText({
  'zh-CN': {
    payment: {
      title: '反馈支付问题',
      lead: '已为您填好这笔支付的信息，确认后提交即可。',
      hint: '可以修改或补充。请不要填写银行卡号、密码或验证码。',
      sent: (time: string) => `城市承诺 ${time} 前答复。您的钱有记录可查，不需要再付。`,
      back: '回到这笔支付',
      call: (phone: string) => `请拨打 ${phone}，并提供支付单号。`,
    },
    appointment: {
      title: '投诉或反馈',
      lead: '由城市受理，不影响您今后办事。',
      hint: '请写明经过，不要填写银行卡号、密码或验证码。',
      sent: (time: string) => `城市承诺 ${time} 前答复。您的预约不受影响。`,
      back: '回到这次预约',
      call: (phone: string) => `请拨打 ${phone}。`,
    },
    'data-use': {
      title: '反馈信息使用',
      lead: '这次使用的时间、单位和用途已随反馈一起提交，您不用再写。',
      hint: '可以补充您知道的情况。请不要填写银行卡号、密码或验证码。',
      sent: (time: string) => `城市承诺 ${time} 前查明是谁、为什么使用，并答复您。`,
      back: '回到使用记录',
      call: (phone: string) => `请拨打 ${phone}，说明使用的时间和单位。`,
    },
    unknownUse: '这次使用不是我本人办理的，我也没有委托别人，请核查。',
    number: '支付单号',
    amount: '支付金额',
    reason: '遇到的问题',
    reasons: {
      'not-credited': '已付款，但未入账',
      'charged-twice': '重复扣款',
      'wrong-amount': '金额不对',
      'refund-late': '退款未到账',
      'turned-away': '到场后未能办理',
      'long-wait': '等候时间过长',
      'app-error': '预约信息有误',
      'unknown-use': '不是我办的',
      other: '其他问题',
    },
    chooseReason: '请选择遇到的问题',
    text: '说明',
    template: {
      'not-credited': (reference: string, amount: string, time: string) =>
        `支付单号 ${reference}，金额 ${amount}，${time} 已付款，缴费单位至今未入账，请核查。`,
      'charged-twice': (reference: string, amount: string, time: string) =>
        `支付单号 ${reference}，金额 ${amount}，${time} 付款，怀疑被重复扣款，请核查。`,
      'wrong-amount': (reference: string, amount: string, time: string) =>
        `支付单号 ${reference}，金额 ${amount}，${time} 付款，金额与账单不符，请核查。`,
      'refund-late': (reference: string, amount: string, time: string) =>
        `支付单号 ${reference}，金额 ${amount}，${time} 付款，退款未到账，请核查。`,
      other: (reference: string, amount: string, time: string) =>
        `支付单号 ${reference}，金额 ${amount}，时间 ${time}。`,
    },
    empty: '请写一句说明',
    submit: '提交',
    failed: '未能提交，内容已保留',
    doneTitle: '已收到您的反馈',
    doneReference: '反馈编号',
    notOffered: '这座城市尚未开通在线反馈',
  },
  en: {
    payment: {
      title: 'Report a problem',
      lead: 'The details of this payment are filled in for you. Check and submit.',
      hint: 'You can change this or add to it. Do not enter bank card numbers, passwords or verification codes.',
      sent: (time) => `The city will reply by ${time}. Your payment is on record. Do not pay again.`,
      back: 'Back to payment',
      call: (phone) => `Call ${phone} and quote the payment number.`,
    },
    appointment: {
      title: 'Complaint or feedback',
      lead: 'The city will handle it. It does not affect your visits.',
      hint: 'Say what happened. Do not enter bank card numbers, passwords or verification codes.',
      sent: (time) => `The city will reply by ${time}. Your visit is not affected.`,
      back: 'Back to visit',
      call: (phone) => `Please call ${phone}.`,
    },
    'data-use': {
      title: 'Report a use of your data',
      lead: 'Time, office and purpose of this use are sent with your report. You need not write them.',
      hint: 'Add what you know. Do not enter bank card numbers, passwords or verification codes.',
      sent: (time) => `The city will find out who used your data and why, and reply by ${time}.`,
      back: 'Back to uses of my data',
      call: (phone) => `Please call ${phone} and give the time and the office of the use.`,
    },
    unknownUse: 'I did not do this myself and asked nobody to do it for me. Please check.',
    number: 'Payment number',
    amount: 'Amount',
    reason: 'What went wrong',
    reasons: {
      'not-credited': 'Paid, but not credited',
      'charged-twice': 'Charged twice',
      'wrong-amount': 'Wrong amount',
      'refund-late': 'Refund not received',
      'turned-away': 'I came but was not served',
      'long-wait': 'The wait was too long',
      'app-error': 'The booking details are wrong',
      'unknown-use': 'It was not me',
      other: 'Something else',
    },
    chooseReason: 'Choose what went wrong',
    text: 'Description',
    template: {
      'not-credited': (reference, amount, time) =>
        `Payment ${reference}, ${amount}, paid ${time}: the biller has not credited it. Please check.`,
      'charged-twice': (reference, amount, time) =>
        `Payment ${reference}, ${amount}, paid ${time}: it may have been charged twice. Please check.`,
      'wrong-amount': (reference, amount, time) =>
        `Payment ${reference}, ${amount}, paid ${time}: the amount differs from the bill. Please check.`,
      'refund-late': (reference, amount, time) =>
        `Payment ${reference}, ${amount}, paid ${time}: the refund has not arrived. Please check.`,
      other: (reference, amount, time) => `Payment ${reference}, ${amount}, ${time}.`,
    },
    empty: 'Please write a sentence',
    submit: 'Submit',
    failed: 'Could not submit. Your text is kept',
    doneTitle: 'Report received',
    doneReference: 'Report number',
    notOffered: 'This city does not take reports online yet',
  },
})
