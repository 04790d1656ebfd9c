import type { TagTone } from '@/components/tag'
import type { Tone } from '@/domain/payment'

/** The colour of a tag for each tone of the table. */
export const tagTone: Readonly<Record<Tone, TagTone>> = {
  neutral: 'plain',
  waiting: 'warn',
  success: 'ok',
  problem: 'bad',
}
