import { AsyncLocalStorage } from 'node:async_hooks'
import { newId } from '../city/ids'
import type { Words } from '../city/words'
import type { Shared, SharedFault } from './shared'

/** Every ugly thing the sandbox can do on request, with what a person should expect to see. */
export const faultDescriptions = {
  slow: { zh: '每个答复都晚 8 秒', en: 'Every answer is 8 seconds late' },
  'error-500': { zh: '城市答复 500 和错误说明', en: 'The city answers 500 with a problem document' },
  'dropped-connection': { zh: '什么都没做，连接就断了', en: 'The connection is dropped before anything is done' },
  'lost-answer': {
    zh: '城市办完了事，答复到达之前连接断了',
    en: 'The city does the work, then the connection is dropped before the answer arrives',
  },
  'html-instead-of-json': {
    zh: '状态 200，内容却是网页，像酒店的网络那样',
    en: 'A page of HTML with status 200 instead of the answer, as a hotel network does',
  },
  'half-body': { zh: '答复传到一半就停了', en: 'The answer stops in the middle of its body' },
  'contract-breaking-answer': {
    zh: '少一个必填字段，另一个字段类型不对',
    en: 'A required field is missing and another has the wrong type',
  },
  'fractional-fen': { zh: '金额不是整数分', en: 'Amounts are not whole numbers of fen' },
  'busy-429': { zh: '城市繁忙：429，并给出 Retry-After', en: 'The city is busy: 429 with Retry-After' },
  'token-expired': { zh: '所有登录都算过期', en: 'Every token counts as expired' },
  'verifier-not-answering': {
    zh: '宿主的身份核验没有回应',
    en: 'The identity check of the host is not responding',
  },
  'biller-not-answering': { zh: '缴费单位不回应匹配和查询', en: 'Billers do not respond to matches and lookups' },
  'biller-closed': { zh: '缴费单位早上七点前不受理', en: 'Billers are closed until seven in the morning' },
  'somebody-paying': {
    zh: '刚要缴费，别人已在收银台支付同一笔账单',
    en: 'Someone else is on the payment page with the same bill the moment you start to pay it',
  },
  'recently-paid': {
    zh: '半小时前有人在柜台缴过这笔账单，尚未入账',
    en: 'Someone paid the bill at a counter half an hour ago, and it is not credited yet',
  },
  'bill-changed': {
    zh: '刚要缴费，账单金额变大了',
    en: 'The amount of a bill grows the moment you start to pay it',
  },
  'unknown-result': {
    zh: '收银台不知道钱付没付：开着的时候一直未知',
    en: 'The payment page does not know whether money moved: payments stay unknown while this is on',
  },
  'no-money': {
    zh: '自动扣款时余额不足：开着的时候扣不成',
    en: 'There is not enough money for an automatic payment while this is on',
  },
  'app-killed': {
    zh: '在收银台付完款，应用就被手机关闭：没有任何回调',
    en: 'The phone kills the app on the payment page right after paying: no result ever reaches it',
  },
  'closing-crossed': {
    zh: '订单正在关闭的那一刻，市民付了款',
    en: 'The citizen pays at the very moment that the payment is closed',
  },
  'cancelled-but-paid': {
    zh: '收银台提示“已取消”，其实已扣款',
    en: 'The payment page reports "cancelled" although the money moved',
  },
  'cashier-for-paid': {
    zh: '支付已经付过款，城市仍给出收银台',
    en: 'The city hands out a payment page for a payment that it calls paid',
  },
  'cashier-other-amount': {
    zh: '城市给出的收银台是另一个金额',
    en: 'The city hands out a payment page for another amount than was agreed on',
  },
  'cashier-other-kind': {
    zh: '城市给出的是另一种收银台',
    en: 'The city hands out a payment page of another host',
  },
  'wrong-sums': {
    zh: '账单明细、支付、缴费凭证和退款的金额加起来不对',
    en: 'Lines, payments, receipts and refunds do not add up',
  },
  'other-subject': {
    zh: '城市答的是另一个户号、支付、大厅或日期',
    en: 'The city answers about another account, payment, hall or day than was asked about',
  },
  'paid-not-credited': {
    zh: '钱已付出，开着的时候缴费单位不入账',
    en: 'Money leaves the wallet, the biller does not credit it while this is on',
  },
  'credit-refused': {
    zh: '缴费单位拒收：钱退回（有多笔时只退最后一笔）',
    en: 'The biller refuses the money, so it is refunded (only the last bill when there are several)',
  },
  'recall-undecided': {
    zh: '开着的时候，缴费单位对撤回申请不作决定',
    en: 'Billers do not decide about recalls while this is on',
  },
  'recall-declined': { zh: '缴费单位不同意撤回', en: 'The biller declines a recall' },
  'refund-pending': { zh: '开着的时候退款一直在处理', en: 'Refunds stay pending while this is on' },
  'ebill-failed': {
    zh: '已入账的支付未能开具正式票证',
    en: 'The official receipt of a credited payment cannot be issued',
  },
  'ebill-silent': {
    zh: '开着的时候，正式票证的开票方不作答复',
    en: 'Nobody answers about official receipts while this is on',
  },
  'ebill-slow': {
    zh: '开着的时候，正式票证一直在开具',
    en: 'Official receipts stay in the making while this is on',
  },
  'ebill-title-refused': {
    zh: '开票方不接受这个抬头',
    en: 'The issuer refuses the name on the invoice',
  },
  'messages-refused': {
    zh: '开着的时候宿主不发订阅消息：市民没有同意',
    en: 'The host shows no messages while this is on: the citizen has not allowed them',
  },
  'messages-down': {
    zh: '开着的时候宿主收不了订阅消息',
    en: 'The host cannot take messages while this is on',
  },
  'report-unanswered': {
    zh: '开着的时候没有部门答复反馈',
    en: 'No office answers reports while this is on',
  },
  'refund-failed': { zh: '未能退款，等待人工处理', en: 'Refunds fail and wait for staff' },
  'notification-repeated': { zh: '支付机构的通知来了三次', en: "The vendor's notification comes three times" },
  'notification-late': {
    zh: '支付机构的通知晚 20 秒',
    en: "The vendor's notification comes 20 seconds late",
  },
  'notification-lost': {
    zh: '支付机构的通知没有来：只有主动去查才知道',
    en: "The vendor's notification never comes: the city has to ask",
  },
  'slot-taken': { zh: '时间先被别人约走', en: 'Someone else takes the place first' },
  'hold-expires-at-once': { zh: '保留只有三秒，而不是几分钟', en: 'A hold lasts three seconds instead of minutes' },
  'confirmation-lost': {
    zh: '预约成功了，答复在路上丢了',
    en: 'The visit is booked, but the answer is lost',
  },
  'hold-gone': {
    zh: '正要确认或改约的那一刻，保留时间已到',
    en: 'The hold ends the moment it is to be confirmed or moved to',
  },
  'day-found-full': { zh: '显示可约的一天其实已约满', en: 'A day shown with free places turns out to be full' },
  maintenance: { zh: '城市系统维护：只能查询', en: 'The city is in maintenance: looking only' },
  'queue-stale': { zh: '排队人数是三小时前统计的', en: 'The queue was last counted three hours ago' },
  'queue-missing': { zh: '大厅不统计排队人数', en: 'The hall does not count its queue' },
} as const satisfies Record<string, Words>

export type FaultName = keyof typeof faultDescriptions

export const isFaultName = (name: string): name is FaultName => Object.hasOwn(faultDescriptions, name)

/** Those of the world around a city. It is not told for which operation a city asks. */
const ofTheWorld: readonly string[] = [
  'biller-not-answering',
  'biller-closed',
  'paid-not-credited',
  'credit-refused',
  'ebill-failed',
  'ebill-silent',
  'ebill-slow',
  'ebill-title-refused',
  'recall-declined',
  'recall-undecided',
  'unknown-result',
  'no-money',
  'refund-pending',
  'refund-failed',
  'notification-repeated',
  'notification-late',
  'notification-lost',
  'maintenance',
  'queue-stale',
  'queue-missing',
] satisfies FaultName[]

export type Fault = {
  name: FaultName
  /** Only in this city. */
  cityId?: string
  /** Only for this operation of the contract. */
  operationId?: string
  /** How many more times it happens; without it, until switched off. */
  times?: number
  /** With `slow`, how long; 8 seconds without it. */
  delayMs?: number
}

/** What a fault happens to: a request of an operation, or something in a city outside of any request. */
type Place = { cityId: string; operationId?: string }

export type Faults = {
  /** What happens within `work` happens to this operation. */
  during(operationId: string, work: () => void): void
  /** The fault when it is on here; uses up one of its `times`, of which each happens in one instance. */
  take(name: FaultName, place: Place): Promise<Fault | null>
  /** True when the fault is on here; uses up nothing. */
  isOn(name: FaultName, place: Place): boolean
  set(fault: Fault, on: boolean): void
  list(): Fault[]
  clear(): void
  /** Nothing happens during an operation any more; what follows promises for it would do so as long as the process lives. */
  end(): void
}

export function createFaults(shared: Shared): Faults {
  const operation = new AsyncLocalStorage<string>()

  const find = (name: FaultName, place: Place) =>
    shared
      .faults()
      .find(
        (fault) =>
          fault.name === name &&
          (fault.city_id === null || fault.city_id === place.cityId) &&
          (fault.operation_id === null || fault.operation_id === (place.operationId ?? operation.getStore())),
      )

  /** To follow an operation through all its promises costs a third of a request, so it is done only where a fault asks for it. */
  const isWanted = () =>
    shared.faults().some(({ name, operation_id }) => operation_id !== null && ofTheWorld.includes(name))

  return {
    during(operationId, work) {
      if (isWanted()) return operation.run(operationId, work)
      operation.disable()
      work()
    },
    end: () => operation.disable(),
    isOn: (name, place) => find(name, place) !== undefined,
    async take(name, place) {
      for (;;) {
        const fault = find(name, place)
        if (fault === undefined) return null
        if (fault.times === null || (await shared.spend(fault.id))) return faultOf(name, fault)
      }
    },
    set(fault, on) {
      const { name, cityId = null, operationId = null, times = null, delayMs = null } = fault
      const replaced = shared.faults().filter(
        (other) =>
          other.name === name &&
          // Switching off without a place switches off everywhere.
          ((cityId === null && !on) || other.city_id === cityId) &&
          ((operationId === null && !on) || other.operation_id === operationId),
      )
      shared.remove(replaced.map(({ id }) => id))
      if (!on) return
      const place = { city_id: cityId, operation_id: operationId }
      shared.add({ id: newId('f'), name, ...place, times, delay_ms: delayMs, switched_on: new Date() })
    },
    list: () => shared.faults().flatMap((fault) => (isFaultName(fault.name) ? faultOf(fault.name, fault) : [])),
    clear: () => shared.remove(shared.faults().map(({ id }) => id)),
  }
}

const faultOf = (name: FaultName, { city_id, operation_id, times, delay_ms }: SharedFault): Fault => ({
  name,
  ...(city_id === null ? {} : { cityId: city_id }),
  ...(operation_id === null ? {} : { operationId: operation_id }),
  ...(times === null ? {} : { times }),
  ...(delay_ms === null ? {} : { delayMs: delay_ms }),
})
