/** Stubs: Taro calls `trigger`, nothing reads them. */
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

/** Told of every change; nobody observes. */
export const MutationObserver = { record() {} }

/** Silent unless Taro is being debugged. */
export const perf = { start() {}, stop() {} }

/** For `classList`, which no view of React asks for. */
export const ClassList = undefined

/** For `<a>`, `<svg>`, `<page-meta>` and `<navigation-bar>`, which no template has. */
export const AnchorElement = undefined
export const SVGElement = undefined
export const TransferElement = undefined
