export { mistakes } from './money-mistakes.mjs'
