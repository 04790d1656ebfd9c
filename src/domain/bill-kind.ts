import type { Unlisted } from './unlisted'

export type BillKind = 'electricity' | 'water' | 'gas' | 'heating' | 'tax' | 'fine' | Unlisted
