import { useEffect, useState } from 'react'
import type { CityId } from '@/domain/ids'
import { hasFeature, type Manifest } from '@/domain/manifest'
import type { ReceiptCheck } from '@/domain/receipt'
import { type ReceiptCode, readReceiptCode, verdictOf } from '@/domain/receipt-code'
import { useWhileVisible } from '@/lifecycle/use-visible'
import { platform } from '@/platform'
import type { ScanResult } from '@/platform/types'
import { services } from '@/services'
import { isOpen } from '@/services/cities'
import { asServiceError, type ServiceError } from '@/services/errors'
import { receiptsOf } from '@/services/receipts'
import { stores } from '@/stores'
import { verifySignature } from './ed25519'

/**
 * - `not-receipt`: something else was scanned; `broken`: cut off or changed, so that it cannot even be read
 * - `no-city`: of a city that this app cannot ask
 * - `unasked`: the city has to be asked for its key, and could not be
 */
export type Found =
  | { readonly kind: 'none' | 'checking' | 'not-receipt' | 'broken' }
  | { readonly kind: 'forged' | 'unknown-key' | 'no-city'; readonly code: ReceiptCode }
  | { readonly kind: 'unasked'; readonly code: ReceiptCode; readonly error: ServiceError }
  | { readonly kind: 'genuine'; readonly code: ReceiptCode; readonly manifest: Manifest }

/** What the city said of the payment, when it was asked. */
export type Asked =
  | { readonly kind: 'answered'; readonly check: ReceiptCheck }
  | { readonly kind: 'failed'; readonly error: ServiceError }

type CameraFault = Exclude<ScanResult['kind'], 'code' | 'cancelled'>

export interface Verify {
  readonly found: Found
  /** Whether the code is of another city than the chosen one. */
  readonly isOtherCity: boolean
  readonly asked: Asked | null
  readonly typed: string
  readonly setTyped: (text: string) => void
  readonly judge: (text: string) => Promise<void>
  /** Absent where the host has no camera. */
  readonly scan?: (() => Promise<void>) | undefined
  readonly cameraFault: CameraFault | null
  /** Absent where the city answers no such question. */
  readonly ask?: (() => Promise<void>) | undefined
}

const judgeBy = (manifest: Manifest | null, code: ReceiptCode): Found => {
  if (manifest === null) return { kind: 'unknown-key', code }
  const kind = verdictOf(code, manifest.signingKeys ?? [], verifySignature)
  return kind === 'genuine' ? { kind, code, manifest } : { kind, code }
}

/** Judges by the keys that the phone has; the city is asked once for one that it has not. */
async function find(text: string): Promise<Found> {
  const code = readReceiptCode(text)
  if (typeof code === 'string') return { kind: code }
  const { cityId } = code
  if (!isOpen(cityId)) return { kind: 'no-city', code }
  const known = judgeBy(services.manifest.cached(cityId)?.value ?? null, code)
  if (known.kind !== 'unknown-key') return known
  try {
    return judgeBy(await services.manifest.get(cityId), code)
  } catch (thrown) {
    return { kind: 'unasked', code, error: asServiceError(thrown) }
  }
}

const codeOf = (found: Found): ReceiptCode | null => ('code' in found ? found.code : null)

/** A receipt's code, from the camera, a link or the keyboard. Needs no session, and no request where the city's key is known. */
export function useVerify(shared: string | undefined): Verify {
  const [typed, setTyped] = useState('')
  const [found, setFound] = useState<Found>({ kind: shared === undefined ? 'none' : 'checking' })
  const [asked, setAsked] = useState<Asked | null>(null)
  const [cameraFault, setCameraFault] = useState<CameraFault | null>(null)
  const chosen = useWhileVisible<ReturnType<typeof stores.city.getState>, CityId | null>(
    stores.city,
    ({ city }) => city,
  )
  const code = codeOf(found)

  const judge = async (text: string) => {
    setCameraFault(null)
    setAsked(null)
    setFound({ kind: 'checking' })
    setFound(await find(text))
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, for the code of the link
  useEffect(() => {
    if (shared !== undefined) void judge(shared)
  }, [shared])

  const scan = async () => {
    const result = await platform.scan?.()
    if (!result || result.kind === 'cancelled') return
    if (result.kind === 'code') return judge(result.text)
    setFound({ kind: 'none' })
    setCameraFault(result.kind)
  }

  const ask = async () => {
    if (code === null) return
    try {
      const check = await services.of(receiptsOf).check(code.cityId, `${code.signedText}:${code.signature}`)
      setAsked({ kind: 'answered', check })
    } catch (thrown) {
      setAsked({ kind: 'failed', error: asServiceError(thrown) })
    }
  }

  const canAsk = found.kind === 'genuine' && hasFeature(found.manifest, 'receipt-checks')
  return {
    found,
    isOtherCity: code !== null && chosen !== null && code.cityId !== chosen,
    asked,
    typed,
    setTyped,
    judge,
    scan: platform.scan && scan,
    cameraFault,
    ask: canAsk ? ask : undefined,
  }
}
