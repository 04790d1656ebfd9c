import { isCreditCode } from '../../city/payments/credit-code'
import { type KeptState, type PaperFacts, paperStanding, paperStep } from '../../city/payments/paper-rules'
import examples from '../../contract/credit-code-examples.json'
import type { PaymentBill } from '../../contract/wire/types.gen'

const bill = (outcome: PaymentBill['outcome']) => ({ outcome })
const standing = (change: Partial<PaperFacts> = {}) =>
  paperStanding({ isOffered: true, bills: [bill('credited')], kept: null, ...change })
const kept = (state: KeptState) => ({ state, because: null })

test('a paper is asked for once the money is credited, and never about money that is not there', () => {
  expect(standing()).toEqual({ state: 'available' })
  expect(standing({ isOffered: false })).toEqual({ state: 'not-offered', because: 'not-issued-here' })
  expect(standing({ bills: [bill('open'), bill('credited')] })).toMatchObject({ because: 'not-credited' })
  // What is left of a biller's bills is what the paper is about.
  expect(standing({ bills: [bill('refunded'), bill('credited')] })).toEqual({ state: 'available' })
  for (const outcome of ['refunded', 'not-credited'] as const)
    for (const state of ['issuing', 'issued', 'failed', 'withdrawing', 'withdrawn'] as const)
      expect(standing({ bills: [bill(outcome)], kept: kept(state) }).state).toBe('not-offered')
})

test('while one is being made void there is no other, and afterwards there may be one about what is left', () => {
  const bills = [bill('refunded'), bill('credited')]
  expect(paperStep(standing({ bills, kept: kept('withdrawing') }))).toBe('refuse')
  expect(paperStep(standing({ bills, kept: kept('withdrawn') }))).toBe('issue')
})

test('asking again is a new paper only when the issuer said that there is none', () => {
  const step = (state: KeptState, because: 'title-refused' | 'not-issued' | 'no-answer' | null = null) =>
    paperStep(standing({ kept: { state, because } }))
  expect(step('issuing')).toBe('known')
  expect(step('issued')).toBe('known')
  expect(step('failed', 'title-refused')).toBe('issue')
  expect(step('failed', 'not-issued')).toBe('issue')
  expect(step('failed', 'no-answer')).toBe('again')
})

test('a code of a company is checked by its last character, and no other character fits', () => {
  for (const code of examples.good) {
    expect([code, isCreditCode(code)]).toEqual([code, true])
    for (const last of '0123456789ABCDEFGHJKLMNPQRTUWXY')
      if (last !== code[17]) expect(isCreditCode(code.slice(0, -1) + last)).toBe(false)
  }
  for (const code of examples.bad) expect([code, isCreditCode(code)]).toEqual([code, false])
})
