import type { Eventual, Strong } from '@/domain/consistency'
import { declaresSuccess, type Payment } from '@/domain/payment'
import type { Services } from '@/services/create-services'

type Answer<Call extends (...args: never[]) => Promise<unknown>> = Awaited<ReturnType<Call>>
type Is<A, B> = A extends B ? true : false

const holds = <True extends true>(value?: True) => value

test('only the read from the source of truth may declare success', () => {
  holds<Is<Answer<Services['payments']['get']>, Strong<Payment>>>()
  holds<Is<Answer<Services['payments']['close']>, Strong<Payment>>>()
  holds<Is<Answer<Services['payments']['reportCashierResult']>, Strong<Payment>>>()
  holds<Is<Answer<Services['payments']['find']>, Strong<Payment>>>()
  // @ts-expect-error a list may lag behind
  holds<Is<Answer<Services['payments']['list']>['items'][number], Strong<Payment>>>()
  // @ts-expect-error nothing that may lag behind is strong
  holds<Is<Eventual<Payment>, Strong<Payment>>>()
  const judge = (payment: Eventual<Payment>) =>
    // @ts-expect-error does not compile: an eventual read can not declare success
    declaresSuccess(payment)
  expect(typeof judge).toBe('function')
})

test('a bill to be paid is read from its biller, never from a list or the cache', () => {
  type Bill = Answer<Services['bills']['get']>
  holds<Is<Bill, Strong<Bill>>>()
  holds<Is<Answer<Services['bills']['confirmDecision']>, Bill>>()
  // @ts-expect-error a list may lag behind
  holds<Is<Answer<Services['bills']['list']>['items'][number], Bill>>()
  type History = Answer<Services['bills']['history']>
  holds<Is<History, Eventual<History>>>()
  // @ts-expect-error what an account cost may lag behind
  holds<Is<History, Strong<History>>>()
  // @ts-expect-error what was kept is old
  holds<Is<NonNullable<ReturnType<Services['bills']['kept']>>['value'], Bill>>()
  expect(true).toBe(true)
})
