import { lengthOf, normalise } from './typed'

/** As many searches of a city are kept. */
export const mostSearches = 10
const longest = 20

/**
 * Whether a search may be kept on the phone: nothing that could be a number of a person, an account, a card or a plate, an address
 * of mail, or a text.
 */
export function isKeepable(typed: string): boolean {
  const text = normalise('search', typed)
  const digits = text.replace(/\D/g, '').length
  return text !== '' && lengthOf(text) <= longest && digits < 4 && text.indexOf('@') < 0
}

/** The searches with one more, the newest first, each once. */
export const withSearch = (searches: readonly string[], typed: string): readonly string[] => {
  if (!isKeepable(typed)) return searches
  const text = typed.trim()
  const others = searches.filter((other) => normalise('search', other) !== normalise('search', text))
  return [text, ...others].slice(0, mostSearches)
}
