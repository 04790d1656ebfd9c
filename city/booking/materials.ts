import type { Words } from '../words'

/** Asked so that the checklist fits the citizen's own situation. */
export type QuestionSeed = { id: string; text: Words; options: readonly { id: string; text: Words }[] }

type Condition = { questionId: string; optionIds: readonly string[] }

/** What a citizen brings to the counter. */
export type MaterialSeed = {
  id: string
  name: Words
  note?: Words
  required: boolean
  when?: readonly Condition[]
  ifMissing?: Words
}
