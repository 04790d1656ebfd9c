// `node test/planted/money.mjs [words]`
import { mistakes } from './money-mistakes.mjs'
import { plantAll } from './runner.mjs'

await plantAll(mistakes)
