import { both } from '../../city/booking/both'
import type { MaterialSeed, QuestionSeed } from '../../city/booking/materials'
import type { Words } from '../../city/words'

const original = both('原件', 'Original')
const copy = both('原件和复印件各一份', 'Original and one copy')

const bring = (id: string, zh: string, en: string, note?: Words): MaterialSeed => ({
  id,
  name: both(zh, en),
  ...(note && { note }),
  required: true,
})

export const optional = (material: MaterialSeed, zh: string, en: string): MaterialSeed => ({
  ...material,
  note: both(zh, en),
  required: false,
})

/** Needed only by whom answers so. */
export const when = (material: MaterialSeed, question: QuestionSeed, ...optionIds: string[]): MaterialSeed => ({
  ...material,
  when: [...(material.when ?? []), { questionId: question.id, optionIds }],
})

/** Whether one may come without it, and what happens then. */
export const ifMissing = (material: MaterialSeed, zh: string, en: string): MaterialSeed => ({
  ...material,
  ifMissing: both(zh, en),
})

export const material = {
  idCard: bring('mt-id-card', '本人居民身份证', 'Your resident ID card', original),
  household: bring('mt-household', '居民户口簿', 'Household register', original),
  photo: ifMissing(
    bring('mt-photo', '近期免冠白底照片回执', 'Receipt for a recent photo on a white background'),
    '可以先来，大厅自助机可现场拍摄，约 5 分钟。',
    'You can still come: a self-service machine at the hall takes it in about 5 minutes.',
  ),
  proxy: ifMissing(
    bring('mt-proxy', '授权委托书', 'Letter of authority', both('委托人亲笔签名', 'Signed by hand')),
    '缺少时不能代办，请让本人前来。',
    'Without it nobody can act for you. Please come in person.',
  ),
  proxyCard: bring('mt-proxy-card', '受托人身份证', 'The representative’s ID card', original),
  deed: bring('mt-deed', '不动产权证书', 'Certificate of real estate', original),
  contract: bring('mt-contract', '买卖合同（网签备案）', 'Sales contract, registered online', original),
  taxProof: ifMissing(
    bring('mt-tax-proof', '契税完税证明', 'Proof of deed tax paid'),
    '可以先来，在大厅税务窗口当场办理后继续。',
    'Come all the same: get it at the tax counter first.',
  ),
  marriage: ifMissing(
    bring('mt-marriage', '结婚证', 'Marriage certificate', original),
    '可以先受理，7 日内补交；逾期退件。',
    'You can hand it in within 7 days; after that the case is returned.',
  ),
  single: ifMissing(
    bring('mt-single', '单身声明', 'Statement of being single'),
    '可以先来，窗口有空白表格可现场填写。',
    'Come all the same: forms are at the counter.',
  ),
  socialCard: bring('mt-social-card', '旧社会保障卡', 'Old social security card'),
  bankCard: bring('mt-bank-card', '本人一类银行卡', 'Your own class I bank card'),
  lease: bring('mt-lease', '房屋租赁合同', 'Lease', both('已备案的无需复印', 'No copy needed if registered')),
  loan: bring('mt-loan', '购房借款合同', 'Home loan contract', copy),
  repayment: bring(
    'mt-repayment',
    '近 12 个月还款流水',
    'Repayments of the last 12 months',
    both('加盖银行章', 'Stamped by the bank'),
  ),
  application: ifMissing(
    bring('mt-application', '申请表', 'Application form'),
    '可以先来，大厅填单台可取。',
    'Come all the same: the form is at the hall.',
  ),
  premises: bring('mt-premises', '经营场所使用证明', 'Proof that the premises may be used', copy),
  articles: bring(
    'mt-articles',
    '公司章程',
    'Articles of association',
    both('全体股东签名', 'Signed by all shareholders'),
  ),
  passport: bring(
    'mt-passport',
    '旧护照',
    'Old passport',
    both('首次申请不需要', 'Not needed for a first application'),
  ),
  guardian: bring(
    'mt-guardian',
    '监护人身份证及关系证明',
    'The guardian’s ID card and proof of relationship',
    original,
  ),
  birth: bring('mt-birth', '出生医学证明', 'Medical certificate of birth', original),
  invoices: bring('mt-invoices', '医疗费用发票及清单', 'Medical invoices with details', original),
  record: bring('mt-record', '出院小结或病历', 'Discharge summary or medical record', copy),
  licence: bring('mt-licence', '驾驶证', 'Driving licence', original),
  health: bring(
    'mt-health',
    '驾驶人体检证明',
    'Driver’s medical certificate',
    both('6 个月内，二级以上医院', 'From the last 6 months'),
  ),
  labour: bring('mt-labour', '终止劳动关系证明', 'Proof that the employment ended', original),
  income: bring(
    'mt-income',
    '家庭收入证明',
    'Proof of household income',
    both('由单位或社区出具', 'From the employer or the community'),
  ),
  heatBill: bring('mt-heat-bill', '上一采暖期缴费凭证', 'Proof of payment for the last heating season'),
} as const
