import type { City } from './city'

export const harbin: City = {
  id: '230100',
  letters: 'HRB',
  name: { zh: '哈尔滨', en: 'Harbin' },
  mode: 'open',
  phone: '0451-12345',
  notices: [
    {
      id: 'n-hrb-heating',
      level: 'warning',
      title: { zh: '本采暖季供热费 12 月 31 日截止', en: 'Heating for this season is due on 31 December' },
      text: {
        zh: '逾期按日加收违约金。室温不达标请拨打 12319。',
        en: 'A late fee is added daily. Too cold at home? Call 12319.',
      },
      lastsDays: 60,
    },
  ],
  billers: [
    {
      id: 'hrb-heating',
      kind: 'heating',
      name: { zh: '哈尔滨热电有限责任公司', en: 'Harbin District Heating' },
      phone: '12319',
      account: {
        label: { zh: '供热卡号', en: 'Heating card number' },
        hint: { zh: '12 位数字，见供热合同首页', en: '12 digits, on the first page of the heating contract' },
        minLength: 12,
        maxLength: 12,
        charset: 'digits',
        checkDigit: 'luhn',
      },
      creditedWithinMinutes: 1440,
    },
    {
      id: 'hrb-electricity',
      kind: 'electricity',
      name: { zh: '国网哈尔滨供电公司', en: 'Harbin Power Supply' },
      phone: '95598',
      account: {
        label: { zh: '户号', en: 'Account number' },
        minLength: 10,
        maxLength: 13,
        charset: 'digits',
        checkDigit: 'none',
      },
      creditedWithinMinutes: 15,
    },
    {
      id: 'hrb-water',
      kind: 'water',
      name: { zh: '哈尔滨供水集团', en: 'Harbin Water' },
      phone: '0451-96044',
      account: {
        label: { zh: '用户编号', en: 'User number' },
        hint: { zh: '7 位数字', en: '7 digits' },
        minLength: 7,
        maxLength: 7,
        charset: 'digits',
        checkDigit: 'none',
      },
      creditedWithinMinutes: 180,
    },
  ],
  booking: {
    holdSeconds: 600,
    daysAhead: 5,
    cancelUntilMinutes: 1440,
    noShowLimit: 1,
    noShowBlockDays: 60,
    activeLimit: 1,
    visitor: ['name'],
  },
  features: ['accounts', 'payments', 'refunds', 'receipts', 'appointments'],
  promises: { refundWithinDays: 10, answerWithinDays: 7 },
  places: [
    { zh: '南岗区中山路{n}号海富康城{m}栋2单元701', en: '701, Unit 2, Building {m}, {n} Zhongshan Road, Nangang' },
    { zh: '道里区中央大街{n}号金谷大厦{m}座1105', en: '1105, Tower {m}, {n} Central Street, Daoli' },
    { zh: '松北区世茂大道{n}号滨江新城{m}栋402', en: '402, Building {m}, {n} Shimao Avenue, Songbei' },
  ],
}
