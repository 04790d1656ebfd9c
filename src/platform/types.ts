import type { VerificationInvocation } from '@/domain/verification'

/**
 * The host, as the rest of the app sees it.
 *
 * WeChat's shape is the norm; Alipay and the preview translate. Nothing outside this folder asks which host it runs on: a
 * capability that a host lacks is an optional member, and pages test for it. The citizen may refuse any capability, so each
 * result can say so, and each page has a way without it.
 */

export type Host = 'wechat' | 'alipay' | 'preview'

/**
 * Why there is no response.
 * - `offline`: no network, refused connection, unknown name, or a response without a numeric status
 * - `timeout`: our own limit, the same on every host
 * - `too-large`: the response was longer than `longestResponse` characters
 * - `cancelled`: the caller cancelled it
 * - `failed`: the host failed (login only)
 */
export type PlatformFault = 'offline' | 'timeout' | 'too-large' | 'cancelled' | 'failed'

/** Rejected by `request` and `login`. Recognise it with `isPlatformError` (by `name`; `instanceof` breaks in ES5 output). */
export interface PlatformError extends Error {
  readonly name: 'PlatformError'
  readonly reason: PlatformFault
  /** The host's own message, for a log; never for a screen. */
  readonly detail: string
}

/** No PATCH: `wx.request` and `my.request` do not know it. */
export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'DELETE'

export interface HttpRequest {
  readonly method: HttpMethod
  /** Absolute address, query included. */
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  /** The body as text, sent unchanged; give its `content-type` in `headers`. Never with GET. */
  readonly body?: string
  /** Milliseconds until `timeout`; 10,000 by default. */
  readonly timeoutMs?: number
  /** Called at once with a function that cancels the request; the promise then rejects with `cancelled`. */
  readonly onStart?: (cancel: () => void) => void
}

/** A response of any status. */
export interface HttpResponse {
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** The unparsed body: the reader decides whether it is JSON. */
  readonly text: string
}

/** A single-use code for the city's `sessions` resource. It proves nothing until the server has exchanged it. */
export interface LoginCode {
  readonly host: Host
  readonly code: string
}

/**
 * What a city returns to open a cashier (收银台).
 * `wechat`: the five fields signed by the server (`timeStamp` is text: seconds). `alipay`: the trade number.
 * `till`: the sandbox's simulated till, in the preview only.
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
 * What a city returns to have an agreement for automatic payments signed at the host.
 * `wechat`: for `wx.navigateToMiniProgram`. `alipay`: for `my.paySignCenter`. `till`: the sandbox's, in the preview only.
 */
export type SigningInvocation =
  | {
      readonly kind: 'wechat'
      readonly appId: string
      readonly path: string
      readonly extraData: Readonly<Record<string, string>>
    }
  | { readonly kind: 'alipay'; readonly signStr: string }
  | { readonly kind: 'till'; readonly url: string }

/** `left`: the host's page was opened, and whether it was signed only the city knows. `failed`: it was not opened. */
export type SigningResult = 'left' | 'failed'

/**
 * The result of the host's cashier. It is never the truth about money: read the payment from the city after every one of
 * these. `unknown`: money may be moving.
 * `detail` is the host's raw code or message, for a log or a report.
 */
export type CashierResult =
  | { readonly outcome: 'accepted' | 'cancelled' | 'unknown'; readonly detail: string }
  | {
      readonly outcome: 'failed'
      /** `configuration`: the cashier was never open (not permitted, or of another host); paying again cannot help. */
      readonly reason: 'declined' | 'configuration'
      readonly detail: string
    }

/** What a city returns to verify who the citizen is: WeChat's and Alipay's own pages, or the sandbox's, in the preview only. */
export type { VerificationInvocation }

/** `closed`: the host's page was open, whatever it said. Only the city knows what the host decided. */
export type VerificationResult = 'closed' | 'not-opened'

/** Small, synchronous, per app. Values are JSON; keep each below 200 KB (Alipay's limit). Stored data is untrusted: validate it. */
export interface Storage {
  /** The value, or undefined when there is none or it cannot be read. Never throws. */
  get(key: string): unknown
  /** False when it could not be stored (full, refused, not JSON). Never throws. */
  set(key: string, value: unknown): boolean
  remove(key: string): void
  keys(): string[]
}

/** Urls come from `routes.ts`. False when the host failed. Pages use `lifecycle/go.ts`, which waits for the render and shows a failure. */
export interface Navigation {
  /** Opens a page above this one; when the host's stack of ten is full, in place of this one. */
  to(url: string): Promise<boolean>
  /** Opens a page in place of this one. */
  replace(url: string): Promise<boolean>
  /** Goes back one page; on the first page (a deep link) goes to this tab instead. */
  back(tabUrl: string): Promise<boolean>
  /** Shows a tab and closes the pages above it. */
  tab(url: string): Promise<boolean>
  /** Closes every page and opens this one. */
  restart(url: string): Promise<boolean>
}

/** The host's bars around a page. Calls that do not apply to the current page are ignored. */
export interface Bars {
  setTitle(text: string): void
  /** One text for each tab, in order. */
  setTabTexts(texts: readonly string[]): void
  /** Shows or hides the host's tab bar: elder mode has a larger one of ours. */
  showTabs(shown: boolean): void
  setColours(colours: BarColours): void
  /** The page's language; browsers only. */
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

/** Subscription messages (订阅消息), granted one by one. */
export interface Messages {
  /** Whose template ids apply; the preview simulates WeChat. */
  readonly templatesOf: 'wechat' | 'alipay'
  /**
   * Requests at most three template ids (more are `unavailable`). Call it directly from a tap or after the cashier closed:
   * WeChat refuses it after an awaited request.
   */
  subscribe(ids: readonly string[]): Promise<Readonly<Record<string, SubscribeResult>>>
}

/** A guess at the citizen's city, which the citizen confirms. Degrees are GCJ-02, accurate to some kilometres. */
export type LocationResult =
  | {
      readonly kind: 'city'
      readonly adcode: string
      /** Where the host has it. */
      readonly point?: { readonly latitude: number; readonly longitude: number }
    }
  | { readonly kind: 'point'; readonly latitude: number; readonly longitude: number }
  /** The citizen refused our privacy sheet; it may be shown again. */
  | { readonly kind: 'no-consent' }
  /** The permission was refused: only the host's settings restore it. */
  | { readonly kind: 'denied' }
  | { readonly kind: 'unavailable' }

/** A location on the host's map, in degrees. */
export interface MapLocation {
  readonly name: string
  readonly address: string
  readonly latitude: number
  readonly longitude: number
}

export type ScanResult =
  | { readonly kind: 'code'; readonly text: string }
  /** A code without text. */
  | { readonly kind: 'unreadable' }
  /** The citizen left, or refused consent. */
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'denied' }
  | { readonly kind: 'unavailable' }

/** An entry for the phone's calendar. Instants are seconds since 1970. */
export interface CalendarEntry {
  readonly title: string
  readonly startsAtSeconds: number
  readonly endsAtSeconds: number
  readonly location: string
  readonly notes: string
}

/** `refused` by the citizen; `denied` by a permission that only the host's settings restore. */
export type CalendarResult = 'added' | 'refused' | 'denied' | 'failed'

/** Permissions that a citizen may have refused permanently. */
export type Permission = 'location' | 'camera' | 'calendar' | 'messages'

/** A newer version of the program. */
export interface Update {
  /** Called once the newer version is downloaded. */
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

/** The phone and its window; lengths in CSS pixels. Read on each call: the citizen may rotate or resize. */
export interface SystemFacts {
  /** The host's text size against its normal one; 1 is normal. */
  readonly fontScale: number
  /** Null where the host has none (Alipay). */
  readonly theme: Theme | null
  /** The host's own spelling (`zh_CN`, `zh-Hans`, `en`…). */
  readonly language: string
  readonly windowWidth: number
  readonly windowHeight: number
  readonly statusBarHeight: number
  /** Insets of notches and gesture bars. */
  readonly safeArea: { readonly top: number; readonly bottom: number }
  /** The capsule in the upper right corner, or null where there is none. */
  readonly menuButton: Rect | null
  readonly hostVersion: string
}

export type PrivacyResult = 'agree' | 'disagree'

/**
 * Consent to the privacy policy, at the first use of something it covers. One sheet of ours serves every host. WeChat accepts
 * only its own button: spread `agreeButton` on the sheet's button. Where it has an `openType`, resolve `agree` in
 * `onAgreePrivacyAuthorization`, not in `onClick`: WeChat checks that its event came first.
 */
export interface Privacy {
  /** The newest handler decides; without one the result is `disagree`. Returns how to unsubscribe. */
  onNeeded(handler: () => Promise<PrivacyResult>): () => void
  readonly agreeButton: { readonly id: string; readonly openType?: 'agreePrivacyAuthorization' }
  /** Opens the policy stored at the host (WeChat); elsewhere a page shows our text. */
  readonly openPolicy?: () => Promise<boolean>
}

export interface Platform {
  /** The one cashier that this host can open. */
  readonly cashierKind: CashierInvocation['kind']
  /** Any HTTP status resolves; no response rejects with a `PlatformError`. Never retries. */
  request(request: HttpRequest): Promise<HttpResponse>
  /** Silent. Rejects with a `PlatformError` (`failed` or `timeout`). Not for `onShow` (Alipay). */
  login(): Promise<LoginCode>
  /** Never rejects. May never settle: the app can be killed while the cashier is open, so write the journal first. */
  pay(invocation: CashierInvocation): Promise<CashierResult>
  /** Opens the host's page that signs an agreement for automatic payments. Never rejects; WeChat settles before the citizen is back. */
  readonly sign?: (invocation: SigningInvocation) => Promise<SigningResult>
  /**
   * Shows this tab in place of a page that does not exist. Call it before the app is launched: hosts take a redirect only within
   * their own callback, and Alipay only to a page of the main package.
   * https://developers.weixin.qq.com/miniprogram/dev/api/base/app/app-event/wx.onPageNotFound.html
   */
  onPageNotFound(tabUrl: string): void
  readonly storage: Storage
  readonly navigation: Navigation
  readonly bars: Bars
  readonly privacy: Privacy
  system(): SystemFacts
  /** Absent where the host has no theme. Returns how to unsubscribe. */
  readonly onThemeChange?: (listener: (theme: Theme) => void) => () => void
  /** Called when the phone goes offline or online. Returns how to unsubscribe. */
  onNetworkChange(listener: (isOnline: boolean) => void): () => void
  /** A short line over the page; replaces the previous one. */
  toast(text: string): void
  /** True when copied. WeChat shows its own toast; one of ours right after replaces it. */
  copy(text: string): Promise<boolean>
  /** Opens the dialler; false when it failed or the citizen left it. */
  call(phoneNumber: string): Promise<boolean>
  /** Opens the host's own verification (实名核验、人脸核验). Never rejects. Ask the city after every one of these. */
  readonly verify?: (invocation: VerificationInvocation) => Promise<VerificationResult>
  readonly messages?: Messages
  readonly locate?: () => Promise<LocationResult>
  /** Opens the host's map. */
  readonly openMap?: (place: MapLocation) => Promise<boolean>
  /** Reads a bar code or QR code with the camera. */
  readonly scan?: () => Promise<ScanResult>
  /** Needs a tap. */
  readonly addToCalendar?: (entry: CalendarEntry) => Promise<CalendarResult>
  /** Opens the host's own settings for a refused permission, directly from a tap. True when granted there. */
  readonly openSettings?: Partial<Readonly<Record<Permission, () => Promise<boolean>>>>
  /** Absent where programs are always up to date. */
  readonly update?: Update
  /** Full brightness and no sleep, for a code that is scanned at a counter. Returns how to undo both. */
  readonly brighten?: () => Promise<() => void>
}
