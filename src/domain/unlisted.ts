/**
 * Replaces a word that this version does not know: a newer contract has more kinds, states and outcomes. Every enumeration in a
 * response includes it, so each table and `switch` must handle it to compile. It claims nothing: an unlisted payment is being checked, an unlisted bill is not payable here, an unlisted
 * lookup is never "nothing due".
 */
export type Unlisted = 'unlisted'

/** What may be sent to a city: an enumeration without its fallback. */
export type Listed<Word extends string> = Exclude<Word, Unlisted>
