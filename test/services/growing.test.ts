import * as v from 'valibot'
import * as validators from '../../contract/wire/validators/all.gen'
import { allAnswers, newWord, placesIn, samplesOf, schemaNamed, withMore, withNewWord } from '../support/growth'

const validatorOf = (name: string): v.GenericSchema => {
  const found = Object.entries(validators).find(([own]) => own === `v${name}`)
  if (!found) throw new Error(`no validator of ${name}`)
  return found[1]
}

const answers = [...allAnswers(), { name: 'Problem', operationId: 'any', schema: schemaNamed('Problem') }]
const cases = [...new Map(answers.map((answer) => [answer.name, answer])).values()].flatMap(({ name, schema }) =>
  samplesOf(schema).map((sample) => ({ name, schema, sample })),
)

test('every response of the contract is covered', () => {
  expect(new Set(cases.map(({ name }) => name)).size).toBeGreaterThan(25)
  for (const { name, sample } of cases) {
    const read = v.safeParse(validatorOf(name), sample)
    expect([name, read.issues?.map((issue) => [v.getDotPath(issue), issue.message])]).toEqual([name, undefined])
  }
})

test('N11: a member that this version does not know is ignored, in every object of every response', () => {
  for (const { name, schema, sample } of cases) {
    const expected = v.parse(validatorOf(name), sample)
    expect([name, v.parse(validatorOf(name), withMore(sample, schema))]).toEqual([name, expected])
  }
})

const words = cases.flatMap(({ name, schema, sample }) =>
  placesIn(sample, schema).map((place) => ({ name, schema, sample, place })),
)

test('N11: a word that this version does not know becomes "unlisted" in every enumeration of every response', () => {
  expect(words.length).toBeGreaterThan(60)
  for (const { name, schema, sample, place } of words) {
    const grown = withNewWord(sample, schema, place)
    expect(JSON.stringify(grown)).toContain(newWord)
    const read = v.safeParse(validatorOf(name), grown)
    expect([name, place, read.issues?.map((issue) => v.getDotPath(issue))]).toEqual([name, place, undefined])
    const text = JSON.stringify(read.output)
    // A list is read as possibly behind, whatever it calls itself.
    expect([name, place, text.includes('unlisted'), text.includes(newWord)]).toEqual([name, place, true, false])
  }
})

test('N11: a word that is no text is still refused, or costs its row', () => {
  for (const { name, schema, sample, place } of words) {
    const grown: unknown = JSON.parse(
      JSON.stringify(withNewWord(sample, schema, place)).replaceAll(`"${newWord}"`, '7'),
    )
    const read = v.safeParse(validatorOf(name), grown)
    const isLeftOut = read.success && !JSON.stringify(read.output).includes('7')
    expect([name, place, read.success && !isLeftOut]).toEqual([name, place, false])
  }
})

test('a payment that is not strongly read is no payment, and a list is never more than eventually consistent', () => {
  const of = (name: string, consistency: string) =>
    v.safeParse(validatorOf(name), { ...(samplesOf(schemaNamed(name))[0] as object), consistency })
  for (const word of ['eventual', newWord, '']) expect([word, of('Payment', word).success]).toEqual([word, false])
  for (const word of ['eventual', 'strong', newWord]) {
    expect(of('BillPage', word).output).toMatchObject({ consistency: 'eventual' })
  }
})
