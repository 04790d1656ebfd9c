import { useState } from 'react'
import type { Account } from '@/domain/account'
import { msOf } from '@/domain/time'
import { platform } from '@/platform'
import { services } from '@/services'
import type { ServiceError } from '@/services/errors'
import type { AccountPage } from './use-account'

export interface Reminder {
  readonly given: Account['reminder']
  /** False where neither the host nor the city has messages and nothing was granted elsewhere. */
  readonly isShown: boolean
  /** Just bound and never offered: the moment to do it. */
  readonly isOffered: boolean
  readonly problem: 'refused' | 'unavailable' | ServiceError | null
  readonly set: (on: boolean) => Promise<void>
  /** Opens the host's settings for messages, and goes on from there. */
  readonly allow: (() => Promise<void>) | undefined
}

const offeredForMs = 24 * 3_600_000

/** Messages about an account's bills: granted at the host, reported to the city, revocable here. */
export function useReminder(page: Extract<AccountPage, { status: 'account' }>): Reminder {
  const [problem, setProblem] = useState<Reminder['problem']>(null)
  const { account, templates } = page
  const canAsk = templates.length > 0
  const isNew = services.serverNow(account.cityId) - msOf(account.boundAt) < offeredForMs

  const set = async (on: boolean) => {
    if (!on) return setProblem(await page.remind([]))
    // First of all and without waiting for anything: WeChat asks the citizen straight after a tap or not at all.
    const results = (await platform.messages?.subscribe(templates)) ?? {}
    const granted = templates.filter((id) => results[id] === 'granted')
    if (granted.length > 0) return setProblem(await page.remind(granted))
    setProblem(templates.some((id) => results[id] === 'refused') ? 'refused' : 'unavailable')
  }
  const allow = async () => {
    if (await platform.openSettings?.messages?.()) await set(true)
  }
  return {
    given: account.reminder,
    isShown: canAsk || account.reminder?.given === true,
    isOffered: canAsk && account.reminder === undefined && isNew && problem === null,
    problem,
    set,
    allow: platform.openSettings?.messages && allow,
  }
}
