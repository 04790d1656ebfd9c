import { both } from '../../city/booking/both'
import type { MaterialSeed, QuestionSeed } from '../../city/booking/materials'
import { question as q } from '../../city/booking/questions'
import type { Words } from '../../city/words'
import type { DocumentKind, Level, LifeEvent } from '../../contract/wire/types.gen'
import { material as m, optional, when } from './materials'

/** Something one can come for; items of one counter share its places. */
export type ItemSeed = {
  id: string
  counter: string
  name: Words
  department: Words
  durationMinutes: number
  feeFen?: number
  note?: Words
  /** Rules of this item alone. */
  rules?: Words
  /** Of the city's documents, those that it takes; all without it. */
  documentKinds?: DocumentKind[]
  /** How far who books it must be verified. */
  level?: Level
  /** Nobody books it for somebody else. */
  inPerson?: boolean
  /** Visits a person and calendar month. */
  monthlyLimit?: number
  /** How many may come in one visit, where its counter has so many places; 1 without it. */
  personsPerVisit?: number
  lifeEvents?: LifeEvent[]
  /** How many come for it without an appointment in 30 days. */
  visitsElsewhere?: number
  materials: readonly MaterialSeed[]
  questions?: readonly QuestionSeed[]
}

const police = both('公安局', 'Public Security')
const land = both('规划和自然资源局', 'Natural Resources')
const social = both('人力资源和社会保障局', 'Human Resources and Social Security')
const fund = both('住房公积金管理中心', 'Housing Provident Fund')
const market = both('市场监督管理局', 'Market Regulation')
const exit = both('出入境管理局', 'Exit and Entry Administration')
const medical = both('医疗保障局', 'Healthcare Security')
const tax = both('税务局', 'Taxation')
const housing = both('住房保障局', 'Housing Security')

const byProxy = when(m.proxy, q.who, 'proxy')
const proxyCard = when(m.proxyCard, q.who, 'proxy')
const married = when(m.marriage, q.married, 'yes')
const single = when(m.single, q.married, 'no')
const oldCard = (material: MaterialSeed) => when(material, q.oldCard, 'here')
const onceAMonth = both('每人每月限预约 1 次。', 'One visit per person a month.')

/** Every item that a sandbox city may serve. */
export const items = {
  idCard: {
    id: 'id-card-renewal',
    counter: 'household',
    lifeEvents: ['school', 'work'],
    visitsElsewhere: 1860,
    name: both('居民身份证换领', 'Renew an ID card'),
    department: police,
    durationMinutes: 15,
    feeFen: 2000,
    rules: both('须本人到场采集指纹，不能代办。', 'You must attend in person: fingerprints are taken.'),
    inPerson: true,
    documentKinds: ['id-card'],
    materials: [m.household, m.photo, oldCard(m.idCard), when(m.guardian, q.age, 'minor')],
    questions: [q.oldCard, q.age],
  },
  household: {
    id: 'household-transfer',
    counter: 'household',
    lifeEvents: ['marriage', 'home'],
    visitsElsewhere: 640,
    name: both('户口迁入登记', 'Household transfer into the city'),
    department: police,
    durationMinutes: 30,
    materials: [
      m.idCard,
      m.household,
      when(m.deed, q.moveIn, 'own-home'),
      when(m.marriage, q.moveIn, 'spouse'),
      m.application,
    ],
    questions: [q.moveIn],
  },
  newborn: {
    id: 'newborn-registration',
    counter: 'household',
    lifeEvents: ['birth'],
    visitsElsewhere: 310,
    name: both('新生儿入户', 'Newborn household registration'),
    department: police,
    durationMinutes: 20,
    personsPerVisit: 2,
    materials: [m.birth, m.household, m.guardian, m.marriage],
  },
  estate: {
    id: 'estate-transfer',
    counter: 'estate',
    lifeEvents: ['home'],
    visitsElsewhere: 520,
    name: both('不动产登记（二手房转移）', 'Real estate registration (resale home)'),
    department: land,
    durationMinutes: 45,
    feeFen: 8000,
    note: both('买卖双方须同时到场。', 'Buyer and seller must attend together.'),
    rules: both('每人每月限预约 2 次。', 'Up to two visits per person a month.'),
    monthlyLimit: 2,
    materials: [m.deed, m.contract, m.idCard, m.taxProof, married, single, byProxy, proxyCard],
    questions: [q.married, q.who],
  },
  mortgage: {
    id: 'estate-mortgage',
    counter: 'estate',
    lifeEvents: ['home'],
    visitsElsewhere: 95,
    name: both('不动产抵押权注销登记', 'Mortgage deregistration'),
    department: land,
    durationMinutes: 25,
    rules: both('须权利人本人人脸核验后预约。', 'The owner must be verified by face before booking.'),
    level: 'face',
    materials: [m.deed, m.idCard, m.application],
  },
  socialCard: {
    id: 'social-card',
    counter: 'social',
    lifeEvents: ['birth', 'work'],
    visitsElsewhere: 1240,
    name: both('社会保障卡补办', 'Replace a social security card'),
    department: social,
    durationMinutes: 15,
    feeFen: 1500,
    materials: [m.idCard, oldCard(m.socialCard), m.photo],
    questions: [q.oldCard],
  },
  pension: {
    id: 'pension-transfer',
    counter: 'social',
    lifeEvents: ['retirement', 'work'],
    visitsElsewhere: 210,
    name: both('养老保险关系转移接续', 'Pension account transfer'),
    department: social,
    durationMinutes: 25,
    materials: [m.idCard, m.application],
  },
  unemployment: {
    id: 'unemployment-benefit',
    counter: 'social',
    lifeEvents: ['work'],
    visitsElsewhere: 180,
    name: both('失业保险金申领', 'Unemployment benefit claim'),
    department: social,
    durationMinutes: 20,
    materials: [m.idCard, m.labour, m.bankCard],
  },
  fundRent: {
    id: 'fund-rent',
    counter: 'fund',
    lifeEvents: ['home'],
    visitsElsewhere: 430,
    name: both('公积金提取（租房）', 'Provident fund withdrawal (rent)'),
    department: fund,
    durationMinutes: 15,
    rules: onceAMonth,
    monthlyLimit: 1,
    materials: [m.idCard, when(m.lease, q.lease, 'public'), m.bankCard, married, single],
    questions: [q.lease, q.married],
  },
  fundLoan: {
    id: 'fund-loan',
    counter: 'fund',
    lifeEvents: ['home', 'retirement'],
    visitsElsewhere: 260,
    name: both('公积金提取（偿还购房贷款）', 'Provident fund withdrawal (home loan)'),
    department: fund,
    durationMinutes: 20,
    materials: [m.idCard, m.loan, m.repayment, m.bankCard],
  },
  business: {
    id: 'business-licence',
    counter: 'market',
    lifeEvents: ['business'],
    visitsElsewhere: 150,
    name: both('营业执照设立登记', 'Business registration'),
    department: market,
    durationMinutes: 40,
    materials: [m.idCard, m.application, m.premises, m.articles, byProxy, proxyCard],
    questions: [q.who],
  },
  businessChange: {
    id: 'business-change',
    counter: 'market',
    lifeEvents: ['business'],
    name: both('营业执照变更登记', 'Business registration change'),
    department: market,
    durationMinutes: 30,
    materials: [m.idCard, m.application, when(m.premises, q.change, 'address')],
    questions: [q.change],
  },
  passport: {
    id: 'passport',
    counter: 'exit',
    lifeEvents: ['travel', 'school'],
    visitsElsewhere: 980,
    name: both('普通护照申领', 'Ordinary passport application'),
    department: exit,
    durationMinutes: 20,
    feeFen: 12000,
    personsPerVisit: 4,
    note: both('未满 16 周岁须由监护人陪同。', 'Anyone under 16 must come with a guardian.'),
    materials: [m.idCard, m.photo, when(m.passport, q.firstTime, 'renewal'), when(m.guardian, q.age, 'minor')],
    questions: [q.firstTime, q.age],
  },
  permit: {
    id: 'travel-permit',
    counter: 'exit',
    lifeEvents: ['travel'],
    visitsElsewhere: 1410,
    name: both('往来港澳通行证申领及签注', 'Hong Kong and Macao travel permit'),
    department: exit,
    durationMinutes: 20,
    feeFen: 6000,
    rules: both('须本人实名预约。', 'Book in your own verified name.'),
    level: 'real-name',
    materials: [m.idCard, m.photo],
  },
  medical: {
    id: 'medical-refund',
    counter: 'medical',
    lifeEvents: ['health', 'birth'],
    visitsElsewhere: 720,
    name: both('医疗费用手工报销', 'Medical expense reimbursement'),
    department: medical,
    durationMinutes: 25,
    materials: [
      m.idCard,
      m.invoices,
      optional(m.record, '住院的请一并带上', 'Bring it if you were in hospital'),
      m.bankCard,
    ],
  },
  deedTax: {
    id: 'deed-tax',
    counter: 'tax',
    lifeEvents: ['home', 'bereavement'],
    visitsElsewhere: 330,
    name: both('契税申报', 'Deed tax declaration'),
    department: tax,
    durationMinutes: 20,
    materials: [m.idCard, m.contract, married, single],
    questions: [q.married],
  },
  licence: {
    id: 'licence-renewal',
    counter: 'traffic',
    lifeEvents: ['car'],
    visitsElsewhere: 890,
    name: both('机动车驾驶证期满换证', 'Renew a driving licence'),
    department: both('公安局交通警察支队', 'Traffic Police'),
    durationMinutes: 15,
    feeFen: 1000,
    materials: [m.idCard, m.licence, m.health, m.photo],
  },
  rental: {
    id: 'public-rental',
    counter: 'housing',
    lifeEvents: ['home'],
    visitsElsewhere: 70,
    name: both('公共租赁住房申请', 'Public rental housing application'),
    department: housing,
    durationMinutes: 35,
    rules: onceAMonth,
    monthlyLimit: 1,
    materials: [m.idCard, m.household, m.income, married, single, m.application],
    questions: [q.married],
  },
  heating: {
    id: 'heating-suspension',
    counter: 'housing',
    lifeEvents: ['home'],
    name: both('居民停供热（报停）申请', 'District heating suspension'),
    department: housing,
    durationMinutes: 15,
    note: both('自下一采暖季起停供。', 'Takes effect from the next heating season.'),
    materials: [m.idCard, m.deed, m.heatBill],
  },
} as const satisfies Record<string, ItemSeed>
