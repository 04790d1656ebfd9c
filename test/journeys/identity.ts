import { consent } from '@/text/parts/consent'
import type { HostName } from '../engine/bundle'
import type { Walk } from './walk'

/** What the host decides, and what it then tells the phone. */
interface HostEnding {
  /** What the sandbox plays at the host's; nothing when the citizen left. */
  readonly act?: 'pass' | 'cancel' | 'refuse' | 'other-person' | 'time-out'
  readonly says: Readonly<Record<HostName, object | null>>
}

const both = (errMsg: string, resultStatus: string) => ({
  wechat: { errMsg: `requestFacialVerify:${errMsg}` },
  alipay: { resultStatus, result: {} },
})

/** The phone hears what both vendors say then; it is never what counts. */
export const hostEndings = {
  passed: { act: 'pass', says: both('ok', '9000') },
  'passed, called cancelled': { act: 'pass', says: both('fail cancel', '6001') },
  cancelled: { act: 'cancel', says: both('fail cancel', '6001') },
  refused: { act: 'refuse', says: both('fail', '4000') },
  'not the same person': { act: 'other-person', says: both('fail', '4000') },
  'too late': { act: 'time-out', says: both('fail timeout', '6002') },
  'left, called passed': { says: both('ok', '9000') },
} as const satisfies Record<string, HostEnding>

export type HostEndingName = keyof typeof hostEndings

/** The next verifications end like this. */
export function hostVerifies(on: Walk, name: HostEndingName): { opened: number } {
  const ending: HostEnding = hostEndings[name]
  const counted = { opened: 0 }
  on.phone.circumstances.verification = async () => {
    counted.opened += 1
    if (ending.act) await on.sandbox.control('POST', '/verify', { act: ending.act })
    return ending.says[on.host]
  }
  return counted
}

/** Taps what begins the verification, if that, and agrees to each text that the city asks for. */
export async function agreeing({ phone }: Pick<Walk, 'phone'>, label?: string): Promise<void> {
  if (label !== undefined) await phone.tap(label)
  for (const { agree } of Object.values(consent))
    while (phone.screen.find(agree, 'button').length > 0) await phone.tap(agree)
}
