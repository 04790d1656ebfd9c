/** The former name of `readDueBills`, until its last caller has the new one. */
export { readDueBills as readDue } from './use-bills'
