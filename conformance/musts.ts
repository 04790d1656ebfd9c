import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'yaml'
import type { Must } from './check'

/** Every must of the contract, in the order of `contract/musts.yaml`. */
export const musts: readonly Must[] = parse(
  readFileSync(path.join(__dirname, '..', 'contract', 'musts.yaml'), 'utf8'),
).map((must: Omit<Must, 'level'> & { level?: Must['level'] }) => ({ ...must, level: must.level ?? 'must' }))
