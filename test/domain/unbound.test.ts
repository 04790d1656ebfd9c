import type { Manifest, ProofRule } from '@/domain/manifest'
import { findersOf, plainProof, proofProblem, surchargeStanding } from '@/domain/unbound'

const name: ProofRule = { kind: 'name', label: '当事人姓名' }
const ending: ProofRule = { kind: 'ending', label: '车牌号后四位', length: 4 }

test('a name is sent as people write it, an ending as a number is, and what cannot be one is said', () => {
  expect(plainProof(name, ' 古丽努尔•买买提 ')).toBe('古丽努尔·买买提')
  expect(plainProof(ending, 'ｘ３ 15')).toBe('X315')
  expect(proofProblem(name, ' · ')).toEqual({ kind: 'empty' })
  // One character of four bytes in GB 18030 is one.
  expect(proofProblem(name, '\u{20087}')).toBeNull()
  expect(proofProblem(ending, '315')).toEqual({ kind: 'length', length: 4 })
  expect(proofProblem(ending, 'X315')).toBeNull()
})

test('billers are offered by kind; without the feature, or with a proof of a later version, they are not', () => {
  const biller = (id: string, finding: object | undefined) => ({ id, finding })
  const manifest = (features: string[]) =>
    ({
      features,
      billers: [
        biller('power', { by: 'account' }),
        biller('fine', { by: 'decision', proof: name }),
        biller('odd', { by: 'decision', proof: { ...name, kind: 'unlisted' } }),
        biller('later', { by: 'unlisted' }),
        biller('none', undefined),
      ],
    }) as unknown as Manifest
  const shown = findersOf(manifest(['findings'])).map(({ by, billers }) => [by, billers.map(({ id }) => id)])
  expect(shown).toEqual([
    ['decision', ['fine']],
    ['account', ['power']],
  ])
  expect(findersOf(manifest(['payments']))).toEqual([])
})

test('a surcharge has not begun, grows by the day, or has reached the fine', () => {
  const at = (soFarFen: number, today: string) =>
    surchargeStanding({ dailyFen: 600, capFen: 20_000, soFarFen }, '2026-11-16', today)
  expect(at(0, '2026-11-16')).toEqual({ kind: 'none-yet', days: 0 })
  expect(at(4200, '2026-11-23')).toEqual({ kind: 'growing', days: 7 })
  expect(at(20_000, '2027-03-01')).toEqual({ kind: 'capped', days: 105 })
})
