import { afterDecision, recallStep } from '../../city/payments/recall-rules'

const outcomes = ['open', 'credited', 'not-credited', 'refunded'] as const

test('money that no biller was told of stops; money that one may have is the biller’s to decide about', () => {
  const stepsOf = (isSent: boolean) => outcomes.map((outcome) => recallStep({ outcome, isSent, recall: null }))
  expect(stepsOf(false)).toEqual(['stop', 'ask', 'refuse', 'refuse'])
  expect(stepsOf(true)).toEqual(['ask', 'ask', 'refuse', 'refuse'])
})

test('asked for twice it is one recall, however that one stands', () => {
  for (const recall of ['stopped', 'asked', 'agreed', 'declined'] as const)
    for (const outcome of outcomes)
      for (const isSent of [true, false]) expect(recallStep({ outcome, isSent, recall })).toBe('known')
})

test('what is on its way back is not given back again, and nobody’s silence moves money', () => {
  for (const outcome of ['not-credited', 'refunded'] as const)
    for (const decision of ['agreed', 'declined', 'open'] as const)
      expect(afterDecision(outcome, decision)).toBe('stays')
  for (const outcome of ['open', 'credited'] as const) {
    expect(afterDecision(outcome, 'agreed')).toBe('back')
    expect(afterDecision(outcome, 'declined')).toBe('stays')
    expect(afterDecision(outcome, 'open')).toBe('waits')
  }
})
