import type { City } from '../../city/catalogue'
import { chengdu } from './chengdu'
import { hangzhou } from './hangzhou'
import { harbin } from './harbin'
import { sanya } from './sanya'

export const cities: City[] = [hangzhou, chengdu, harbin, sanya]
