// `node test/planted/booking.mjs [words]`
import { mistakes } from './booking-mistakes.mjs'
import { plantAll } from './runner.mjs'

await plantAll(mistakes)
