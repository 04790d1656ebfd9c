import { withCheckDigit } from '../../city/billing/check-digit'
import { plainProof } from '../../city/billing/proof'
import type { City } from '../../city/catalogue'
import type { Words } from '../../city/words'

/** What an account's bills look like. */
export type Plan =
  /** More than a year of settled bills, nothing left to pay. */
  | 'nothing-due'
  /** The same, and this month's bill. */
  | 'one-due'
  /** This month's bill and an overdue one with a late fee. */
  | 'overdue'
  /** Four bills to pay, two of them overdue. */
  | 'several-due'
  /** One bill of eight digits. */
  | 'huge'
  /** A number just opened: never a bill. */
  | 'new'
  /** One bill that somebody paid at a counter two hours ago; the biller has not credited it yet. */
  | 'paid-elsewhere'
  /** One bill that can not be paid before a decision is confirmed. */
  | 'not-payable'
  /** One fine whose decision is read and confirmed here. */
  | 'decision'
  /** One fine that is a week late, one that is paid, one under review. */
  | 'fine-late'
  | 'fine-paid'
  | 'fine-reviewed'
  /** One bill with earlier months, a late fee and three versions. */
  | 'arrears'
  /** A prepaid meter with something on it, and one with debt. */
  | 'prepaid'
  | 'prepaid-debt'
  /** A thousand bills, forty of them due. */
  | 'very-many'

/** The plans for people. */
export const planWords: Record<Plan, Words> = {
  'nothing-due': { zh: '都已缴清', en: 'All paid' },
  'one-due': { zh: '本期待缴', en: 'One bill due' },
  overdue: { zh: '本期待缴，一笔逾期', en: 'One bill due, one overdue' },
  'several-due': { zh: '四笔待缴，三笔逾期', en: 'Four bills due, three overdue' },
  huge: { zh: '一笔八位数的账单', en: 'A bill of eight digits' },
  new: { zh: '刚开户，从无账单', en: 'Just opened, no bill yet' },
  'paid-elsewhere': { zh: '刚在柜台缴过，未入账', en: 'Just paid at a counter, not credited' },
  'not-payable': { zh: '要先确认决定书，线上不能缴', en: 'Decision first, cannot be paid here' },
  decision: { zh: '确认决定书后可缴', en: 'Payable once its decision is confirmed' },
  'fine-late': { zh: '逾期一周，按日加处罚款', en: 'A week late, with its surcharge' },
  'fine-paid': { zh: '已缴清的罚款', en: 'A fine that is paid' },
  'fine-reviewed': { zh: '行政复议中，暂不能缴', en: 'Under review, cannot be paid now' },
  arrears: { zh: '往期欠费、违约金、金额变动', en: 'Arrears, late fee, changed amounts' },
  prepaid: { zh: '预付费，燃气表有余额', en: 'Prepaid, with a balance' },
  'prepaid-debt': { zh: '预付费，燃气表欠费', en: 'Prepaid, in debt' },
  'very-many': { zh: '一千笔账单，四十笔待缴', en: 'A thousand bills, forty due' },
}
export const lookupWords: Record<NonNullable<AccountSeed['lookup']>, Words> = {
  silent: { zh: '缴费单位不回应', en: 'The biller is not responding' },
  vanished: { zh: '绑定后户号不见了', en: 'The number vanishes once bound' },
}

export type AccountSeed = {
  biller: string
  /** Without the check digit. */
  body: string
  holder: string
  plan: Plan
  lookup?: 'silent' | 'vanished'
  /** Of what its biller asks for beside the number, the whole; the holder's name without it. */
  proof?: string
  demo?: boolean
}

const longHolder = '杭州西湖文化创意产业园区物业管理服务有限责任公司第三分公司'

/** Every number the sandbox's billers know. The control page lists them; `fullNumber` adds the check digit. */
export const accountSeeds: Record<string, AccountSeed[]> = {
  '330100': [
    { biller: 'hz-electricity', body: '330100123456', holder: '王建国', plan: 'one-due', demo: true },
    { biller: 'hz-electricity', body: '330100200001', holder: '李小明', plan: 'overdue' },
    { biller: 'hz-electricity', body: '330100200002', holder: '张伟', plan: 'several-due' },
    { biller: 'hz-electricity', body: '330100200003', holder: '陈秀英', plan: 'nothing-due' },
    { biller: 'hz-electricity', body: '330100200004', holder: longHolder, plan: 'huge' },
    { biller: 'hz-electricity', body: '330100200005', holder: '刘洋', plan: 'one-due', lookup: 'silent' },
    { biller: 'hz-electricity', body: '330100200006', holder: '赵敏', plan: 'one-due', lookup: 'vanished' },
    { biller: 'hz-electricity', body: '330100200007', holder: '孙丽', plan: 'paid-elsewhere' },
    { biller: 'hz-electricity', body: '330100200008', holder: '周杰', plan: 'new' },
    { biller: 'hz-electricity', body: '330100200009', holder: '钱国栋', plan: 'arrears' },
    { biller: 'hz-water', body: '86001234', holder: '王建国', plan: 'several-due', demo: true },
    { biller: 'hz-water', body: '860012345', holder: '吴芳', plan: 'nothing-due' },
    { biller: 'hz-water', body: '86009999', holder: longHolder, plan: 'very-many' },
    { biller: 'hz-gas', body: '571188001', holder: '王建国', plan: 'one-due' },
    { biller: 'hz-gas', body: '571188003', holder: '古丽努尔·买买提', plan: 'overdue' },
    { biller: 'hz-tax', body: '330100202600012345', holder: '李小明', plan: 'one-due', proof: '11010519491231002X' },
    { biller: 'hz-tax', body: '330100202600012346', holder: longHolder, plan: 'huge', proof: '91330106MA2KXW8P7J' },
    { biller: 'hz-fine', body: '330106190012345', holder: '李小明', plan: 'one-due' },
    { biller: 'hz-fine', body: '330106190012346', holder: '李小明', plan: 'not-payable' },
    { biller: 'hz-fine', body: '330106190012347', holder: '李小明', plan: 'decision' },
    { biller: 'hz-fine', body: '330106190022351', holder: '古丽努尔·买买提', plan: 'fine-late' },
    { biller: 'hz-fine', body: '3301061900223526', holder: '李小明', plan: 'fine-paid' },
    { biller: 'hz-fine', body: '3301061900223534', holder: '李小明', plan: 'fine-reviewed' },
  ],
  '510100': [
    { biller: 'cd-electricity', body: '5101001001', holder: '杨帆', plan: 'one-due', demo: true },
    { biller: 'cd-electricity', body: '5101001002', holder: '何静', plan: 'overdue' },
    { biller: 'cd-electricity', body: '5101001003', holder: '罗强', plan: 'nothing-due' },
    { biller: 'cd-electricity', body: '5101001004', holder: '蒋勇', plan: 'several-due' },
    { biller: 'cd-gas', body: 'CDRQ88016A', holder: '杨帆', plan: 'one-due', demo: true },
    { biller: 'cd-gas', body: 'CDRQ88017', holder: '谢霆', plan: 'several-due' },
    { biller: 'cd-gas', body: 'CDRQ99001A', holder: '杨帆', plan: 'prepaid', demo: true },
    { biller: 'cd-gas', body: 'CDRQ99002B', holder: '蒋勇', plan: 'prepaid-debt' },
    { biller: 'cd-water', body: '28001001', holder: '杨帆', plan: 'overdue' },
    { biller: 'cd-water', body: '28001009', holder: '唐诗', plan: 'nothing-due' },
    { biller: 'cd-fine', body: '510106190012345', holder: '杨帆', plan: 'one-due', proof: '川A·8X315' },
    { biller: 'cd-fine', body: '510106190012347', holder: '杨帆', plan: 'decision', proof: '川A·6K207' },
  ],
  '230100': [
    { biller: 'hrb-heating', body: '23010000001', holder: '高峰', plan: 'one-due', demo: true },
    { biller: 'hrb-heating', body: '23010000002', holder: '郑雪', plan: 'overdue' },
    { biller: 'hrb-electricity', body: '4500100001', holder: '高峰', plan: 'one-due', demo: true },
    { biller: 'hrb-electricity', body: '4500100002', holder: '马冬梅', plan: 'nothing-due' },
    { biller: 'hrb-water', body: '6600101', holder: '高峰', plan: 'several-due' },
  ],
  '460200': [
    { biller: 'sy-electricity', body: '46020000001', holder: '符海燕', plan: 'one-due', demo: true },
    { biller: 'sy-electricity', body: '46020000002', holder: '林涛', plan: 'overdue' },
    { biller: 'sy-water', body: '89800101', holder: '符海燕', plan: 'nothing-due' },
  ],
}

/** What has to be named beside a seeded number, as it is compared; null where nothing has to. */
export function proofOf(city: City, seed: AccountSeed): string | null {
  const rule = city.billers.find(({ id }) => id === seed.biller)?.finding?.proof
  if (rule === undefined) return null
  const whole = seed.proof ?? seed.holder
  return plainProof(rule, rule.kind === 'ending' ? whole.slice(-(rule.length ?? 0)) : whole)
}

export function fullNumber(city: City, seed: AccountSeed): string {
  const biller = city.billers.find(({ id }) => id === seed.biller)
  if (biller === undefined) throw new Error(`${city.id} has no biller ${seed.biller}`)
  return withCheckDigit(biller.account, seed.body)
}
