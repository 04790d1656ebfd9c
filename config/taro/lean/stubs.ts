/** Taro tells these that a page comes and goes, and asks them nothing. */
export class Location {
  trigger() {}
}

export class History {
  trigger() {}
}

/** Taken for `<a href>`, which no host renders. */
export const parseUrl = () => ({})

export const TaroURLProvider = undefined
export const URLSearchParams = undefined
