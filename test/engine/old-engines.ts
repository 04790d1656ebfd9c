/**
 * The oldest engines that we serve: JavaScriptCore of iOS 12 (WeChat base library 2.32, Alipay 10.3 on an iPhone 6) and
 * V8 of Chrome 69 (the kernel of both on Android 7 to 9). Both parse all of ES2019; what one of them lacks is named here, once:
 * the static gate looks for it in what ships, and the engine takes it away before it runs what ships.
 */
export const newestSyntax = 2019

/** Globals of later standards. */
export const laterGlobals = [
  ...['globalThis', 'BigInt', 'BigInt64Array', 'BigUint64Array', 'WeakRef', 'FinalizationRegistry', 'AggregateError'],
  ...['Iterator', 'structuredClone', 'queueMicrotask', 'SharedArrayBuffer', 'Atomics'],
]

/** Of a browser, or forbidden in mini-programs. */
export const foreignGlobals = [
  ...['Intl', 'crypto', 'fetch', 'Headers', 'Request', 'Response', 'AbortController', 'URL', 'URLSearchParams'],
  ...[
    'TextEncoder',
    'TextDecoder',
    'XMLHttpRequest',
    'localStorage',
    'sessionStorage',
    'FormData',
    'Blob',
    'atob',
    'btoa',
  ],
  ...['eval', 'alert', 'WebAssembly'],
]

export const laterStatics: Readonly<Record<string, readonly string[]>> = {
  Object: ['fromEntries', 'hasOwn', 'groupBy'],
  Promise: ['allSettled', 'any', 'withResolvers', 'try'],
  Array: ['fromAsync'],
  Math: ['sumPrecise'],
  Map: ['groupBy'],
}

/** By name alone: a script does not show whose method it calls. */
export const laterMethods: Readonly<Record<string, readonly string[]>> = {
  Array: ['at', 'findLast', 'findLastIndex', 'toSorted', 'toReversed', 'toSpliced', 'with'],
  String: ['at', 'replaceAll', 'matchAll', 'isWellFormed', 'toWellFormed'],
}
