import type { Privacy, PrivacyResult, Storage } from './types'

type Ask = () => Promise<PrivacyResult>

const asks: Ask[] = []
let asking: Promise<PrivacyResult> | null = null

/** The handlers of all open pages; the newest decides. */
export const onConsentNeeded: Privacy['onNeeded'] = (ask) => {
  const entry: Ask = () => ask()
  asks.push(entry)
  return () => {
    const at = asks.indexOf(entry)
    if (at >= 0) asks.splice(at, 1)
  }
}

/** Two capabilities used at the same time share one sheet. */
export function askForConsent(): Promise<PrivacyResult> {
  const ask = asks[asks.length - 1]
  if (!ask) return Promise.resolve('disagree')
  asking ??= ask()
    .catch((): PrivacyResult => 'disagree')
    .then((answer) => {
      asking = null
      return answer
    })
  return asking
}

/** Whether the sheet is open. */
export const isAskingForConsent = (): boolean => asking !== null

/** For hosts that store no consent: asks until the citizen has agreed once on this phone. */
export async function hasConsent(storage: Storage): Promise<boolean> {
  const key = 'privacy'
  if (storage.get(key) === 'agree') return true
  const answer = await askForConsent()
  if (answer === 'agree') storage.set(key, answer)
  return answer === 'agree'
}
