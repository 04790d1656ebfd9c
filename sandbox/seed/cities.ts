import { chengdu } from './chengdu'
import { hangzhou } from './hangzhou'
import { harbin } from './harbin'
import { sanya } from './sanya'
import type { SeedCity } from './seed-city'

export const cities: SeedCity[] = [hangzhou, chengdu, harbin, sanya]
