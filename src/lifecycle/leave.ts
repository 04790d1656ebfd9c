/** The former name of `go`, until its last caller has the new one. */
export { fromHere, go as leave } from './go'
