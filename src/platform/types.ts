/**
 * The host, as the rest of the app sees it.
 *
 * WeChat's shape is the norm, Alipay and the preview translate. Nobody asks which host this is: a capability that a host
 * lacks is an optional member here, and a page tests for its presence. Every capability may be refused by the citizen, so
 * each answer says so, and each page has a path without it.
 */

export type Host = 'wechat' | 'alipay' | 'preview'

/**
 * Why the host gave no answer.
 * - `offline`: nothing came back (no network, refused connection, unknown name, or an answer without a numeric status)
 * - `timeout`: our own limit passed, the same on every host
 * - `too-large`: the answer was longer than `longestResponse` characters
 * - `cancelled`: we gave up waiting ourselves
 * - `failed`: the host could not do what was asked (login only)
 */
export type PlatformFault = 'offline' | 'timeout' | 'too-large' | 'cancelled' | 'failed'

/** Rejected by `request` and `login`. Recognise it with `isPlatformError` (by `name`; `instanceof` breaks in ES5 output). */
export interface PlatformError extends Error {
  readonly name: 'PlatformError'
  readonly reason: PlatformFault
  /** The host's own words, for a log; never for a screen. */
  readonly detail: string
}

/** No PATCH: `wx.request` and `my.request` do not know it. */
export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'DELETE'

export interface HttpRequest {
  readonly method: HttpMethod
  /** Absolute address, query included. */
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  /** The body as text, sent as it is; state its `content-type` in `headers`. Never with GET. */
  readonly body?: string
  /** Milliseconds until `timeout`; 10,000 unless told. */
  readonly timeoutMs?: number
  /** Called at once with a function that gives up this request; the promise then rejects with `cancelled`. */
  readonly onStart?: (cancel: () => void) => void
}

/** What a server said, whatever its status. */
export interface HttpResponse {
  /** An HTTP status; 4xx and 5xx are answers too. */
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** The body as text, never parsed: the reader decides whether it is JSON. */
  readonly text: string
}

/** A single-use code for the city's `sessions` resource. It is no proof of anything until the server has exchanged it. */
export interface LoginCode {
  readonly host: Host
  readonly code: string
}

/**
 * What the city hands over to open a cashier.
 * `wechat`: the five fields signed by the server (`timeStamp` is text: seconds). `alipay`: the trade number.
 * `till`: the sandbox's simulated till, known to the preview only.
 */
export type CashierInvocation =
  | {
      readonly kind: 'wechat'
      readonly timeStamp: string
      readonly nonceStr: string
      readonly package: string
      readonly signType: 'RSA'
      readonly paySign: string
    }
  | { readonly kind: 'alipay'; readonly tradeNO: string }
  | { readonly kind: 'till'; readonly url: string }

/**
 * What the cashier said when it closed. This is never the truth about money: the city's server is, and it must be asked
 * after every one of these. `unknown` means that money may be moving.
 * `detail` is the host's raw code or message, for a log or a report.
 */
export type CashierResult =
  | { readonly outcome: 'accepted' | 'cancelled' | 'unknown'; readonly detail: string }
  | {
      readonly outcome: 'failed'
      /** `configuration`: the cashier was never open (not permitted, or meant for another host); paying again cannot help. */
      readonly reason: 'declined' | 'configuration'
      readonly detail: string
    }

/** Small, synchronous, per app. Values are JSON; keep each below 200 KB (Alipay's limit). What comes back is unchecked. */
export interface Storage {
  /** The value, or undefined when there is none or it cannot be read. Never throws. */
  get(key: string): unknown
  /** False when it could not be kept (full, refused, not JSON). Never throws. */
  set(key: string, value: unknown): boolean
  remove(key: string): void
  keys(): string[]
}

/** Addresses are absolute routes (`/pages/…/index?id=…`), made in `routes.ts`. A failed step is reported as false. Pages go through `lifecycle/leave.ts`, which waits for the render and says a failure. */
export interface Navigation {
  /** Opens a page above this one; when the host's stack of ten is full, in place of this one. */
  to(url: string): Promise<boolean>
  /** Opens a page in place of this one. */
  replace(url: string): Promise<boolean>
  /** Goes back one page; on the first page (a deep link) goes to this tab instead. */
  back(tabUrl: string): Promise<boolean>
  /** Shows a tab and forgets the pages above it. */
  tab(url: string): Promise<boolean>
  /** Forgets every page and opens this one. */
  restart(url: string): Promise<boolean>
}

/** The bars that the host draws around a page. Calls that make no sense on the present page are ignored. */
export interface Bars {
  setTitle(text: string): void
  /** One text for each tab, in order. */
  setTabTexts(texts: readonly string[]): void
  /** The host's own tabs, on a page that has them: elder mode has larger ones of ours in their place. */
  showTabs(shown: boolean): void
  setColours(colours: BarColours): void
  /** Tells a browser which language the page is in; the mini-programs' hosts cannot be told. */
  setLanguage?(language: string): void
}

/** Colours as #rrggbb. */
export interface BarColours {
  readonly title: 'black' | 'white'
  readonly background: string
  readonly tabBackground: string
  readonly tabText: string
  readonly tabSelected: string
  readonly tabBorder: 'black' | 'white'
}

export type SubscribeResult = 'granted' | 'refused' | 'unavailable'

/** Messages that a citizen asks for one by one. */
export interface Messages {
  /** Whose template ids are asked for; the preview plays WeChat. */
  readonly templatesOf: 'wechat' | 'alipay'
  /**
   * Asks for at most three template ids (more are `unavailable`). Call it straight from a tap or after the cashier closed,
   * never after an awaited request: WeChat refuses then.
   */
  subscribe(ids: readonly string[]): Promise<Readonly<Record<string, SubscribeResult>>>
}

/** A guess at the citizen's city, to be confirmed by the citizen. Degrees are GCJ-02, fuzzy by some kilometres. */
export type LocationResult =
  | {
      readonly kind: 'city'
      readonly adcode: string
      /** Where the host tells that as well. */
      readonly point?: { readonly latitude: number; readonly longitude: number }
    }
  | { readonly kind: 'point'; readonly latitude: number; readonly longitude: number }
  /** Our own sheet about privacy was refused: it asks again. */
  | { readonly kind: 'no-consent' }
  /** The permission was refused: only the host's settings give it back. */
  | { readonly kind: 'denied' }
  | { readonly kind: 'unavailable' }

/** A place for the host's own map; degrees as numbers. */
export interface Place {
  readonly name: string
  readonly address: string
  readonly latitude: number
  readonly longitude: number
}

export type ScanResult =
  | { readonly kind: 'code'; readonly text: string }
  /** There was a code, and no text in it. */
  | { readonly kind: 'unreadable' }
  /** Left by the citizen, or without consent. */
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'denied' }
  | { readonly kind: 'unavailable' }

/** An entry for the phone's calendar. Instants are seconds since 1970. */
export interface CalendarEntry {
  readonly title: string
  readonly startsAtSeconds: number
  readonly endsAtSeconds: number
  readonly place: string
  readonly notes: string
}

/** What came of it: `refused` by the citizen, `denied` by a permission that only the host's settings give back. */
export type CalendarResult = 'added' | 'refused' | 'denied' | 'failed'

/** What a citizen may have refused for good. */
export type Permission = 'location' | 'camera' | 'calendar' | 'messages'

/** A newer version of the program. */
export interface Update {
  /** Calls once the newer version has been downloaded. */
  onReady(listener: () => void): void
  /** Restarts the program as the newer version. */
  apply(): void
}

export type Theme = 'light' | 'dark'

export interface Rect {
  readonly top: number
  readonly left: number
  readonly width: number
  readonly height: number
}

/** Facts about the phone; lengths in CSS pixels. Read anew on each call: the citizen may turn or resize. */
export interface SystemFacts {
  /** The host's text size against its normal one; 1 is normal. */
  readonly fontScale: number
  /** Null where the host does not tell (Alipay). */
  readonly theme: Theme | null
  /** The host's language, as it says it (`zh_CN`, `zh-Hans`, `en`…). */
  readonly language: string
  readonly windowWidth: number
  readonly windowHeight: number
  readonly statusBarHeight: number
  /** What notches and gesture bars take from the top and the bottom. */
  readonly safeArea: { readonly top: number; readonly bottom: number }
  /** The capsule in the upper right corner, or null where there is none. */
  readonly menuButton: Rect | null
  readonly hostVersion: string
}

export type PrivacyResult = 'agree' | 'disagree'

/**
 * Consent to the privacy policy, asked at the first use of something it covers. One sheet of our own serves every host.
 * WeChat believes only its own button: spread `agreeButton` on the sheet's agreeing button. Where it has an `openType`,
 * answer `agree` from `onAgreePrivacyAuthorization`, not from `onClick`: WeChat checks that its event came first.
 */
export interface Privacy {
  /** The newest handler is asked; without one the answer is `disagree`. Gives back a function that takes the handler away. */
  onNeeded(ask: () => Promise<PrivacyResult>): () => void
  readonly agreeButton: { readonly id: string; readonly openType?: 'agreePrivacyAuthorization' }
  /** Opens the policy as the host keeps it (WeChat); elsewhere the page shows our own text. */
  readonly openPolicy?: () => Promise<boolean>
}

export interface Platform {
  readonly host: Host
  /** Any HTTP status resolves; no answer rejects with a `PlatformError`. Nothing is retried here. */
  request(request: HttpRequest): Promise<HttpResponse>
  /** Silent. Rejects with a `PlatformError` (`failed` or `timeout`). Not for `onShow` (Alipay). */
  login(): Promise<LoginCode>
  /** Never rejects. May never settle: the app can be killed while the cashier is open, so write the journal first. */
  pay(invocation: CashierInvocation): Promise<CashierResult>
  readonly storage: Storage
  readonly navigation: Navigation
  readonly bars: Bars
  readonly privacy: Privacy
  system(): SystemFacts
  /** Absent where the host does not tell: then there is nothing to follow. Gives back a function that stops listening. */
  readonly onThemeChange?: (listener: (theme: Theme) => void) => () => void
  /** Tells when the phone goes off or on line. Gives back a function that stops listening. */
  onNetworkChange(listener: (isOnline: boolean) => void): () => void
  /** A short line over the page; replaces the one before. */
  toast(text: string): void
  /** True when copied. WeChat shows its own word about it: a toast right after takes its place. */
  copy(text: string): Promise<boolean>
  /** Opens the dialler; false when it could not or the citizen turned back. */
  call(phoneNumber: string): Promise<boolean>
  readonly messages?: Messages
  readonly locate?: () => Promise<LocationResult>
  /** Shows a place in the host's map. */
  readonly openMap?: (place: Place) => Promise<boolean>
  /** Reads a bar code or QR code with the camera. */
  readonly scan?: () => Promise<ScanResult>
  /** Needs a tap. */
  readonly addToCalendar?: (entry: CalendarEntry) => Promise<CalendarResult>
  /** Opens the host's own settings for a refused permission, straight from a tap. True when it is granted there. */
  readonly openSettings?: Partial<Readonly<Record<Permission, () => Promise<boolean>>>>
  /** Absent where programs are always the newest. */
  readonly update?: Update
  /** Full brightness and no sleep, for a code that is scanned at a counter. Gives back a function that undoes both. */
  readonly brighten?: () => Promise<() => void>
}
