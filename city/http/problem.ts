import type {
  BillNow,
  ConsentText,
  Level,
  OverlappingVisit,
  Problem,
  ProblemCode,
  ReportSubject,
  Slot,
  TicketLineStatus,
} from '../../contract/wire/types.gen'

type Retry = Problem['retry']

/** Status, retry and title of every code on the contract's closed list. */
const table: Record<ProblemCode, { status: number; retry: Retry; title: [zh: string, en: string] }> = {
  'bad-request': { status: 400, retry: 'never', title: ['请求有误', 'The request is not valid'] },
  'invalid-fields': { status: 400, retry: 'never', title: ['有内容填写不正确', 'Some details are not valid'] },
  unauthenticated: { status: 401, retry: 'never', title: ['请先登录', 'Please sign in'] },
  'token-expired': { status: 401, retry: 'safe', title: ['登录已过期', 'The session has expired'] },
  'sign-in-failed': { status: 401, retry: 'never', title: ['未能登录', 'Could not sign in'] },
  'level-needed': { status: 403, retry: 'never', title: ['需要核验身份', 'Please verify who you are'] },
  'verifier-not-answering': {
    status: 503,
    retry: 'safe',
    title: ['身份核验暂无回应', 'The identity check is not responding'],
  },
  forbidden: { status: 403, retry: 'never', title: ['没有权限', 'This is not allowed'] },
  'not-found': { status: 404, retry: 'never', title: ['未能找到', 'Not found'] },
  'wrong-city': { status: 409, retry: 'never', title: ['这不是这座城市的内容', 'This belongs to another city'] },
  'idempotency-conflict': {
    status: 409,
    retry: 'never',
    title: ['同一请求编号的内容不一致', 'The same request number came with different content'],
  },
  'match-expired': {
    status: 409,
    retry: 'never',
    title: ['核对已过期，请重新查询', 'This look-up has expired. Please look it up again'],
  },
  'undo-expired': { status: 409, retry: 'never', title: ['已超过可撤销时间', 'It is too late to undo'] },
  'bill-changed': { status: 409, retry: 'never', title: ['账单金额有变化', 'The bill has changed'] },
  'bill-not-payable': { status: 409, retry: 'never', title: ['这笔账单现在不能支付', 'This bill cannot be paid now'] },
  'bill-settled': { status: 409, retry: 'never', title: ['这笔账单已缴清', 'This bill is settled'] },
  'biller-closed': { status: 409, retry: 'never', title: ['缴费单位暂停服务', 'The biller is closed now'] },
  'recently-paid': { status: 409, retry: 'never', title: ['这笔账单刚有人缴过', 'Someone has just paid this bill'] },
  'payment-not-open': {
    status: 409,
    retry: 'never',
    title: ['这笔支付不能再付款', 'This payment can no longer be paid'],
  },
  'not-recallable': {
    status: 409,
    retry: 'never',
    title: ['这笔钱不能撤回', 'This payment cannot be recalled'],
  },
  'paper-not-available': {
    status: 409,
    retry: 'never',
    title: ['现在不能申请开具', 'This cannot be asked for now'],
  },
  'cashier-not-answering': {
    status: 503,
    retry: 'after',
    title: ['收银台没有回应', 'The payment page is not responding'],
  },
  'slot-taken': { status: 409, retry: 'never', title: ['这个时间刚被约满', 'This time has just been taken'] },
  'slot-past': { status: 409, retry: 'never', title: ['这个时间已过', 'This time has passed'] },
  'hold-expired': { status: 409, retry: 'never', title: ['保留时间已到', 'The reservation has expired'] },
  'hold-used': { status: 409, retry: 'never', title: ['这个时间已确认预约', 'This reservation is already confirmed'] },
  'booking-limit': { status: 409, retry: 'never', title: ['预约数已达上限', 'The limit of visits is reached'] },
  'booking-blocked': {
    status: 403,
    retry: 'never',
    title: ['因爽约暂停预约', 'Booking is paused because of missed visits'],
  },
  'appointment-not-open': {
    status: 409,
    retry: 'never',
    title: ['这个预约已不能更改', 'This visit can no longer be changed'],
  },
  'waitlist-limit': {
    status: 409,
    retry: 'never',
    title: ['候补数已达上限', 'The limit of the waiting list is reached'],
  },
  'overlapping-visit': {
    status: 409,
    retry: 'never',
    title: ['这个时间已有预约', 'There is a visit at this time already'],
  },
  'tickets-not-given': { status: 409, retry: 'never', title: ['现在不能取号', 'No numbers are given now'] },
  'city-read-only': {
    status: 503,
    retry: 'after',
    title: ['系统维护中，暂时只能查询', 'Under maintenance: view only'],
  },
  'erasure-refused': {
    status: 409,
    retry: 'never',
    title: ['还不能删除个人信息', 'Your data cannot be erased yet'],
  },
  'consent-needed': { status: 403, retry: 'never', title: ['需要您的同意', 'Your agreement is needed'] },
  'consent-text-changed': {
    status: 409,
    retry: 'never',
    title: ['同意的内容有更新，请重新阅读', 'The text has changed. Please read it again'],
  },
  'report-changed': {
    status: 409,
    retry: 'never',
    title: ['这条反馈刚有新的内容', 'There is something new in this report'],
  },
  'report-not-open': {
    status: 409,
    retry: 'never',
    title: ['这条反馈现在不能补充', 'Nothing can be added to this report now'],
  },
  'invitation-not-open': {
    status: 409,
    retry: 'never',
    title: ['邀请码不能用', 'This code cannot be used'],
  },
  'family-limit': { status: 409, retry: 'never', title: ['家人代办人数已满', 'No more people can be added'] },
  'grant-ended': { status: 403, retry: 'never', title: ['家人代办已结束', 'This permission has ended'] },
  'too-many-requests': { status: 429, retry: 'after', title: ['访问人数较多', 'The city is busy'] },
  internal: { status: 500, retry: 'after', title: ['系统出错', 'Something went wrong'] },
  unavailable: { status: 503, retry: 'after', title: ['服务暂不可用', 'Not available now'] },
}

/** What some problems carry beside their code. */
export type ProblemExtra = {
  detail?: string
  /** Another 4xx than the code's own, for what HTTP has a number for. */
  status?: number
  retryAfterSeconds?: number
  fields?: { field: string; problem: string }[]
  bills?: BillNow[]
  alternatives?: Slot[]
  paidAt?: string
  unblocksAt?: string
  level?: Level
  limit?: 'active' | 'item-day' | 'item-month' | 'visit-items' | 'visit-persons' | 'unused-holds'
  overlaps?: OverlappingVisit
  tickets?: TicketLineStatus
  opensAt?: string
  pending?: ReportSubject[]
  consent?: ConsentText
  consentStands?: NonNullable<Problem['consentStands']>
}

export class ProblemError extends Error {
  override readonly name = 'ProblemError'
  readonly code: ProblemCode
  readonly extra: ProblemExtra
  constructor(code: ProblemCode, extra: ProblemExtra = {}) {
    super(code)
    this.code = code
    this.extra = extra
  }
}

/** An error to throw: it becomes the problem document and rolls the transaction back. */
export const problem = (code: ProblemCode, extra: ProblemExtra = {}): ProblemError => new ProblemError(code, extra)

export const isProblem = (error: unknown): error is ProblemError =>
  error instanceof Error && error.name === 'ProblemError'

/** The problem document (RFC 9457) of an error. */
export function problemDocument(error: ProblemError, requestId: string, language: 'zh-CN' | 'en'): Problem {
  const { status, retry, title } = table[error.code]
  const retryAfterSeconds = error.extra.retryAfterSeconds ?? (retry === 'after' ? 5 : undefined)
  return {
    type: 'about:blank',
    title: title[language === 'en' ? 1 : 0],
    status,
    code: error.code,
    requestId,
    retry,
    // What went wrong inside is nobody's business outside.
    ...(error.code === 'internal' ? {} : error.extra),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  }
}
