import type { Words } from '../words'
import { both } from './both'

/** What a citizen brings to the counter. */
export type MaterialSeed = { id: string; name: Words; note?: Words; required: boolean }

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

export const material = {
  idCard: bring('mt-id-card', '本人居民身份证', 'Your resident identity card', original),
  household: bring('mt-household', '居民户口簿', 'Household register', original),
  photo: bring(
    'mt-photo',
    '近期免冠白底照片回执',
    'Receipt of a recent photo on white ground',
    both('大厅自助机可现场拍摄', 'Can be taken at the hall'),
  ),
  proxy: bring('mt-proxy', '授权委托书', 'Letter of authority'),
  proxyCard: bring('mt-proxy-card', '受托人身份证', 'The representative’s identity card', original),
  deed: bring('mt-deed', '不动产权证书', 'Certificate of real estate', original),
  contract: bring('mt-contract', '买卖合同（网签备案）', 'Sales contract, registered online', original),
  taxProof: bring(
    'mt-tax-proof',
    '契税完税凭证',
    'Proof of deed tax paid',
    both('可在大厅税务窗口当场办理', 'Can be had at the tax counter'),
  ),
  marriage: bring('mt-marriage', '结婚证或单身声明', 'Marriage certificate, or a statement of being single', original),
  socialCard: bring('mt-social-card', '旧社会保障卡', 'Old social security card'),
  bankCard: bring('mt-bank-card', '本人一类银行卡', 'Your own class I bank card'),
  lease: bring('mt-lease', '房屋租赁合同', 'Lease', both('已备案的无需复印', 'No copy needed when registered')),
  loan: bring('mt-loan', '购房借款合同', 'Home loan contract', copy),
  repayment: bring(
    'mt-repayment',
    '近 12 个月还款流水',
    'Repayments of the last 12 months',
    both('加盖银行章', 'Stamped by the bank'),
  ),
  application: bring(
    'mt-application',
    '申请表',
    'Application form',
    both('大厅填单台可取，也可提前下载', 'At the hall, or downloaded before'),
  ),
  premises: bring('mt-premises', '经营场所使用证明', 'Proof that the premises may be used', copy),
  articles: bring(
    'mt-articles',
    '公司章程',
    'Articles of association',
    both('全体股东签名', 'Signed by all shareholders'),
  ),
  passport: bring('mt-passport', '旧护照', 'Old passport', both('首次申请不需要', 'Not for a first application')),
  guardian: bring(
    'mt-guardian',
    '监护人身份证及关系证明',
    'The guardian’s identity card and proof of relation',
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
