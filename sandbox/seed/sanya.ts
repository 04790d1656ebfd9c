import type { SeedCity } from './seed-city'

/** In maintenance: everything can be looked at, nothing paid or booked. */
export const sanya: SeedCity = {
  id: '460200',
  letters: 'SY',
  name: { zh: '三亚', en: 'Sanya' },
  mode: 'read-only',
  phone: '0898-12345',
  notices: [
    {
      id: 'n-sy-maintenance',
      level: 'outage',
      title: { zh: '系统升级维护中，暂停缴费和预约', en: 'Under maintenance: payments and booking are paused' },
      text: {
        zh: '维护期间可以查询账单和已有预约，急需办理请拨打 0898-12345。已付的款项不受影响。',
        en: 'You can still view bills and visits. If it is urgent, call 0898-12345. Money already paid is not affected.',
      },
      lastsDays: 3,
    },
  ],
  billers: [
    {
      id: 'sy-electricity',
      kind: 'electricity',
      name: { zh: '南方电网三亚供电局', en: 'Sanya Power Supply' },
      phone: '95598',
      account: {
        label: { zh: '缴费号', en: 'Payment number' },
        minLength: 12,
        maxLength: 12,
        charset: 'digits',
        checkDigit: 'luhn',
      },
      creditedWithinMinutes: 30,
    },
    {
      id: 'sy-water',
      kind: 'water',
      name: { zh: '三亚环投水务', en: 'Sanya Water' },
      phone: '0898-95110',
      account: {
        label: { zh: '用户号', en: 'Customer number' },
        minLength: 8,
        maxLength: 8,
        charset: 'digits',
        checkDigit: 'none',
      },
      creditedWithinMinutes: 60,
    },
  ],
  booking: {
    holdSeconds: 300,
    daysAhead: 10,
    cancelUntilMinutes: 120,
    noShowLimit: 3,
    noShowBlockDays: 30,
    activeLimit: 2,
    visitor: ['name', 'phone'],
  },
  features: [
    'accounts',
    'payments',
    'refunds',
    'receipts',
    'receipt-checks',
    'recalls',
    'appointments',
    'reports',
    'mandates',
    'messages',
  ],
  promises: { refundWithinDays: 5, answerWithinDays: 3 },
  places: [
    { zh: '吉阳区迎宾路{n}号鲁能三亚湾{m}栋1801', en: '1801, Building {m}, {n} Yingbin Road, Jiyang' },
    { zh: '天涯区解放路{n}号港华大厦{m}座603', en: '603, Tower {m}, {n} Jiefang Road, Tianya' },
  ],
}
