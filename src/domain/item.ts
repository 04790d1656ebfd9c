import type { DocumentKind } from './document'
import type { ItemId, MaterialId } from './ids'
import type { Level } from './level'
import type { LifeEvent } from './life-event'
import { type Fen, sumFen } from './money'

/** Something to bring. */
export type Material = {
  id: MaterialId
  name: string
  note?: string | undefined
  required: boolean
  /** Needed only with these answers to all these questions; always without it. */
  when?: readonly { questionId: string; optionIds: readonly string[] }[] | undefined
  /** Whether one may still come without it, and what happens then, in the city's words. */
  ifMissing?: string | undefined
}

/** Fits the checklist to the citizen's own situation. */
export type Question = { id: string; text: string; options: readonly { id: string; text: string }[] }

/** What one can come for (事项). */
export type Item = {
  id: ItemId
  name: string
  department: string
  durationMinutes: number
  feeFen?: Fen | undefined
  note?: string | undefined
  materials: readonly Material[]
  questions?: readonly Question[] | undefined
  /** Rules of this item alone, in the city's words. */
  rules?: string | undefined
  /** The documents of the city's that it takes; all of them without it. */
  documentKinds?: readonly DocumentKind[] | undefined
  /** Appointments for it that one citizen may book in a calendar month. */
  monthlyLimit?: number | undefined
  /** How far who books it must be verified. */
  level?: Level | undefined
  lifeEvents?: readonly LifeEvent[] | undefined
  /** How many came for it in 30 days; absent below ten, and where the city does not count. */
  recentVisits?: number | undefined
  /** Whoever it is about books it and comes. */
  inPerson?: boolean | undefined
}

/** False where one of these demands presence in person; items that are not read yet rule nothing out, the city does. */
export const isForOthersToo = (items: readonly Pick<Item, 'inPerson'>[]): boolean =>
  !items.some(({ inPerson }) => inPerson)

/** The citizen's own situation: an option's id by its question's. */
export type Answers = Readonly<Record<string, string | undefined>>

/** The questions of all items of an appointment, each once. */
export const questionsFor = (items: readonly Pick<Item, 'questions'>[]): Question[] => {
  const questions = items.flatMap((item) => item.questions ?? [])
  return questions.filter((question, index) => questions.findIndex((other) => other.id === question.id) === index)
}

/**
 * What to bring for all items of an appointment, each thing once. A thing is left out only when an answer rules it out: while
 * a question is open, better one paper too many than a second trip. Where one item demands it, it is required.
 */
export const materialsFor = (items: readonly Pick<Item, 'materials'>[], answers: Answers): Material[] => {
  const needed: Material[] = []
  for (const material of items.flatMap((item) => item.materials)) {
    const isRuledOut = material.when?.some(({ questionId, optionIds }) => {
      const answer = answers[questionId]
      return answer !== undefined && optionIds.indexOf(answer) < 0
    })
    if (isRuledOut) continue
    const index = needed.findIndex((other) => other.id === material.id)
    const same = needed[index]
    if (same === undefined) needed.push(material)
    else if (material.required && !same.required) needed[index] = material
  }
  return needed
}

/** What all of these cost at the hall; an item without a fee costs nothing. */
export const totalFee = (items: readonly Pick<Item, 'feeFen'>[]): Fen =>
  sumFen(items.flatMap(({ feeFen }) => feeFen ?? []))

/** How long all of these take at the counters. */
export const totalMinutes = (items: readonly Pick<Item, 'durationMinutes'>[]): number =>
  items.reduce((sum, item) => sum + item.durationMinutes, 0)
