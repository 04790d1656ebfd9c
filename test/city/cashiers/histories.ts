import fc from 'fast-check'
import { VendorRefused, VendorUnavailable } from '../../../city/cashiers/errors'
import type { Misbehaviour } from '../../../sandbox/vendor-servers/misbehaviours'
import { anOrder, type Stage } from './stage'

const wrongs: Misbehaviour[] = [
  'system-error',
  'busy',
  'answer-lost',
  'bad-signature',
  'no-signature',
  'answer-appended',
]

const steps = fc.array(
  fc.record({
    act: fc.constantFrom('open', 'open', 'pay', 'close', 'refund', 'refund', 'query'),
    wrong: fc.option(fc.constantFrom(...wrongs)),
    /** Which refund it is; asked for twice it is the same one. */
    refund: fc.integer({ min: 1, max: 4 }),
  }),
  { minLength: 3, maxLength: 14 },
)

/** Asks until there is an answer to believe, as the city does. */
async function persistently(call: () => Promise<unknown>): Promise<unknown> {
  for (let tries = 0; ; tries++) {
    try {
      return await call()
    } catch (error) {
      if (error instanceof VendorRefused) return error.reason
      if (!(error instanceof VendorUnavailable) || tries > 4) throw error
    }
  }
}

/**
 * Random orders, payments, closings and refunds with something wrong on the way: what the adapter is told in the end is what a few
 * lines of rules say, and nothing is done twice.
 */
export async function liveHistories(
  stage: Stage,
  partlyRefunded: 'SUCCESS' | 'REFUND',
  numRuns: number,
): Promise<void> {
  const property = fc.asyncProperty(steps, async (history) => {
    const order = anOrder(stage)
    const { reference, amountFen } = order
    let state: 'no-such-order' | 'NOTPAY' | 'CLOSED' | 'SUCCESS' = 'no-such-order'
    const refunds = new Map<number, number>()
    const refunded = () => [...refunds.values()].reduce((sum, fen) => sum + fen, 0)
    const told = () => {
      if (state !== 'SUCCESS' || refunded() === 0) return state
      return refunded() === amountFen ? 'REFUND' : partlyRefunded
    }

    for (const { act, wrong, refund } of history) {
      if (wrong !== null) stage.misbehave(wrong)
      if (act === 'open') {
        const answer = await persistently(() => stage.cashier.open(order))
        if (state === 'SUCCESS') expect(answer).toBe('order-paid')
        else if (state === 'CLOSED') expect(answer).toBe('order-closed')
        else {
          expect(answer).toMatchObject({ kind: stage.cashier.kind })
          state = 'NOTPAY'
        }
      }
      if (act === 'pay' && (await stage.ledger.pay(reference)) === 'SUCCESS') state = 'SUCCESS'
      if (act === 'close') {
        const answer = await persistently(() => stage.cashier.close(reference))
        if (state === 'NOTPAY') state = 'CLOSED'
        if (state === 'no-such-order') expect(answer).toBe(state)
        else expect(answer).toMatchObject({ state: told() })
      }
      if (act === 'refund') {
        const fen = refund * 300
        const request = { reference, refundReference: `rf-${reference}-${refund}`, amountFen: fen, totalFen: amountFen }
        const answer = await persistently(() => stage.cashier.refund({ ...request, reason: '更正' }))
        const fits = refunds.has(refund) || refunded() + fen <= amountFen
        if (state === 'no-such-order') expect(answer).toBe(state)
        else if (state !== 'SUCCESS' || !fits) expect(answer).toBe('rules')
        else {
          expect(answer).toMatchObject({ amountFen: fen })
          refunds.set(refund, fen)
        }
      }
      const answer = await persistently(() => stage.cashier.query(reference))
      if (state === 'no-such-order') expect(answer).toBe(state)
      else expect(answer).toMatchObject({ state: told(), amountFen })
    }
    const booked = (await stage.ledger.look(reference)).refunds.map((each) => each.amountFen)
    expect(booked.sort()).toEqual([...refunds.values()].sort())
  })
  await fc.assert(property, { numRuns })
}
