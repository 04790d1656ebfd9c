import type { City } from './city'

export const chengdu: City = {
  id: '510100',
  letters: 'CD',
  name: { zh: '成都', en: 'Chengdu' },
  mode: 'open',
  phone: '028-12345',
  notices: [
    {
      id: 'n-cd-gas-night',
      level: 'news',
      title: { zh: '燃气缴费服务时间 7:00 至 23:00', en: 'Gas bills: from 7:00 to 23:00' },
      text: {
        zh: '夜间系统结算，暂不能查询和缴费。',
        en: 'At night accounts are balanced; no lookups and no payments.',
      },
      lastsDays: 200,
    },
  ],
  billers: [
    {
      id: 'cd-electricity',
      kind: 'electricity',
      name: { zh: '国网成都供电公司', en: 'Chengdu Power Supply' },
      phone: '95598',
      account: {
        label: { zh: '客户编号', en: 'Customer number' },
        hint: { zh: '10 位数字，见电费通知单', en: '10 digits, on the electricity notice' },
        minLength: 10,
        maxLength: 10,
        charset: 'digits',
        checkDigit: 'none',
      },
      creditedWithinMinutes: 30,
    },
    {
      id: 'cd-gas',
      kind: 'gas',
      name: { zh: '成都燃气集团', en: 'Chengdu Gas' },
      phone: '028-962777',
      account: {
        label: { zh: '燃气卡号', en: 'Gas card number' },
        hint: {
          zh: '字母加数字，8 至 12 位，见燃气卡正面',
          en: '8 to 12 letters and digits, on the front of the card',
        },
        example: 'CDRQ88016A',
        minLength: 8,
        maxLength: 12,
        charset: 'letters-digits',
        checkDigit: 'none',
      },
      creditedWithinMinutes: 240,
      asleep: { from: '23:00', to: '07:00' },
    },
    {
      id: 'cd-water',
      kind: 'water',
      name: { zh: '成都环境水务', en: 'Chengdu Water' },
      phone: '962992',
      account: {
        label: { zh: '水表户号', en: 'Meter account' },
        hint: { zh: '9 位，末位可能是 X', en: '9 characters, the last may be X' },
        minLength: 9,
        maxLength: 9,
        charset: 'digits',
        checkDigit: 'mod11',
      },
      creditedWithinMinutes: 60,
    },
  ],
  booking: {
    holdSeconds: 180,
    daysAhead: 7,
    cancelUntilMinutes: 240,
    noShowLimit: 3,
    noShowBlockDays: 14,
    activeLimit: 2,
    visitor: ['name', 'phone', 'id-number'],
  },
  features: ['accounts', 'payments', 'refunds', 'receipts', 'appointments', 'waitlist', 'reports'],
  promises: { refundWithinDays: 7, answerWithinDays: 5 },
  messages: { wechat: ['tmpl-cd-bill-due'], alipay: ['tmpl-cd-bill-due'] },
  places: [
    {
      zh: '武侯区人民南路四段{n}号锦绣苑{m}栋1单元1204',
      en: '1204, Unit 1, Building {m}, {n} Renmin South Road, Wuhou',
    },
    { zh: '锦江区春熙路{n}号兴业大厦{m}座806', en: '806, Tower {m}, {n} Chunxi Road, Jinjiang' },
    { zh: '青羊区宽窄巷子街{n}号少城院{m}栋302', en: '302, Building {m}, {n} Kuanzhai Alley, Qingyang' },
  ],
}
