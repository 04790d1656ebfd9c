/**
 * What stands for a word that a city sent and that this version's list does not have: a newer contract has more kinds,
 * states and outcomes. Every list in an answer ends with it, so each table and `switch` must say what it means before it
 * compiles. It claims nothing: an unlisted payment is being checked, an unlisted bill is not payable here, an unlisted
 * lookup is never "nothing due".
 */
export type Unlisted = 'unlisted'

/** What may be sent to a city: the words of a list without its fallback. */
export type Listed<Word extends string> = Exclude<Word, Unlisted>
