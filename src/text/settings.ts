import { defineText } from '.'

export const settings = defineText({
  'zh-CN': {
    display: '显示与语言',
    textSize: '文字大小',
    normal: '标准',
    elder: '长辈版',
    elderNote: '字和按钮更大，首页和账单更简单。',
    theme: '外观',
    system: '跟随系统',
    light: '浅色',
    dark: '深色',
    contrast: '高对比度',
    contrastNote: '文字和背景的差别更大，更容易看清。',
    language: '语言 Language',
    sample: '效果预览',
    sampleTitle: '2026年10月电费',
    sampleNote: '请于11月28日前缴纳',

    about: '关于',
    version: '版本',
    aboutText: '一个小程序，服务多座城市：查账单、缴费、预约办事大厅。每座城市由自己的系统提供数据。',
    promises: '我们的承诺',
    money: '资金状态如实显示',
    slots: '预约成功即保留',
    access: '人人可用',
    promiseMoney: '是否扣款、是否入账，分开显示；结果确认之前，不会让您重复缴费。',
    promiseSlots: '约好的时间为您保留；改约时先保留新时间，再释放原时间。',
    promiseAccess: '大字、深色、高对比度、读屏、中英文。',
    licence: '开源许可',
    licenceText: '本程序以 MIT 许可发布。图标来自 Lucide（ISC 许可）。',
    privacy: '隐私说明',
    visitors: '常用办事人',
    privacyLead: '我们尽量少拿，只在用到时才问。',
    privacyRows: {
      identity: '身份',
      identityText:
        '登录由微信或支付宝完成，姓名和证件由城市保管，手机里只保存打码后的姓名。预约时填写的姓名、手机号和证件号码只发给城市用于核对，不保存在手机里。',
      location: '位置',
      locationText:
        '只在您点按“使用当前位置”、按距离排列大厅或估算路上时间时读取，只在手机里用来找到城市、计算到大厅的距离，不保存、不上传。',
      bills: '账单和预约',
      billsText:
        '手机里保存最近看过的账单、预约、缴费记录和缴费凭证，最多 60 项，方便没有网络时查看；姓名、户号和地址都已打码，处罚决定书的内容不保存。换人登录或您清除时删除。备注名、勾选的材料和您的设置也保存在手机里。',
      payments: '支付',
      paymentsText:
        '在微信或支付宝的收银台完成，我们看不到您的银行卡和密码。每笔支付的单号和金额会先记在手机里，结束 30 天后删除，以便中断后继续核对。',
      messages: '消息',
      messagesText: '只在您同意后发送，可以随时在微信或支付宝里关闭。',
    },
    policy: '查看完整隐私保护指引',
    clear: '清除本机上的内容',
    clearText: '会清除最近看过的内容、所选城市和显示设置。正在确认的支付记录会保留，绑定的户号和已提交的业务不受影响。',
    clearDone: '已清除',
  },
  en: {
    display: 'Display and language',
    textSize: 'Text size',
    normal: 'Normal',
    elder: 'Simple',
    elderNote: 'Larger text and buttons, simpler pages.',
    theme: 'Appearance',
    system: 'Use device setting',
    light: 'Light',
    dark: 'Dark',
    contrast: 'High contrast',
    contrastNote: 'A stronger difference between text and background.',
    language: '语言 Language',
    sample: 'Preview',
    sampleTitle: 'Electricity, October 2026',
    sampleNote: 'Due 28 Nov',

    about: 'About',
    version: 'Version',
    aboutText:
      'One mini-program for many cities: look up and pay bills, and book visits to service halls. The data comes from each city’s own system.',
    promises: 'Our promises',
    money: 'Money shown as it is',
    slots: 'A booked time is yours',
    access: 'For everyone',
    promiseMoney:
      'Whether you were charged and whether the biller has credited it are shown separately. We never ask you to pay again before the result is known.',
    promiseSlots:
      'Your booked time stays yours. When you move a visit, the new time is reserved before the old one is released.',
    promiseAccess: 'Large text, dark theme, high contrast, screen readers, Chinese and English.',
    licence: 'Licence',
    licenceText: 'This app is published under the MIT licence. Icons by Lucide (ISC licence).',
    privacy: 'Privacy',
    visitors: 'People you book for',
    privacyLead: 'We take little, and ask only when it is needed.',
    privacyRows: {
      identity: 'Identity',
      identityText:
        'WeChat or Alipay signs you in. The city keeps your name and documents; your phone keeps a masked name only. The name, phone number and document number you enter for a visit are only sent to the city for checking and are not kept on this phone.',
      location: 'Location',
      locationText:
        'Read only when you tap “Use my location”, sort halls by distance or estimate travel time. Used on your phone only, to find your city and the distance to a hall. Neither kept nor sent.',
      bills: 'Bills and visits',
      billsText:
        'Your phone keeps the bills, visits, payments and receipts you saw last, up to 60 items, for when there is no network. Names, account numbers and addresses are masked, and the text of a fine’s decision is not kept. They are removed when someone else signs in or when you clear them. Nicknames, ticked documents and your settings are kept as well.',
      payments: 'Payments',
      paymentsText:
        'Made on the payment page of WeChat or Alipay. We never see your card or password. The number and amount of each payment are first noted on your phone, so that it can be checked after an interruption, and removed 30 days after it ends.',
      messages: 'Messages',
      messagesText: 'Sent only after you agreed; turn them off in WeChat or Alipay at any time.',
    },
    policy: 'Read the whole privacy policy',
    clear: 'Clear what is on this phone',
    clearText:
      'Removes what you saw last, the chosen city and the display settings. Payments still being checked stay on record; your accounts and what you submitted are not touched.',
    clearDone: 'Cleared',
  },
})
