import { useCallback, useEffect, useRef, useState } from 'react'
import {
  type AccountMatch,
  type AccountRelation,
  normaliseAccountNumber,
  validateAccountNumber,
} from '@/domain/account'
import type { BillerId, CityId } from '@/domain/ids'
import { type Biller, billerOf, type Manifest } from '@/domain/manifest'
import { readScanned, type Scanned } from '@/domain/scanned'
import { normalise } from '@/domain/typed'
import { fromHere } from '@/lifecycle/go'
import { useIntent } from '@/lifecycle/use-intent'
import { platform } from '@/platform'
import type { ScanResult } from '@/platform/types'
import type { Load } from '@/queries/use-load'
import { useManifest } from '@/queries/use-manifest'
import { routes } from '@/routes'
import { services } from '@/services'
import { asServiceError, isRefusal, type ServiceError } from '@/services/errors'

type Matched = Extract<AccountMatch, { outcome: 'matched' }>

/** Where the citizen is on the way to a bound account. What was typed outlives every step back. */
export type Step =
  | { readonly kind: 'biller' }
  | {
      readonly kind: 'number'
      readonly biller: Biller
      readonly error: ServiceError | null
      /** The match was not confirmed in time. */
      readonly expired: boolean
    }
  | { readonly kind: 'outcome'; readonly biller: Biller; readonly match: Exclude<AccountMatch, Matched> }
  | {
      readonly kind: 'confirm'
      readonly biller: Biller
      readonly match: Matched
      readonly error: ServiceError | null
    }

/** What scanning a paper bill found. Nothing is sent by it. */
export type ScanOutcome = Scanned['kind'] | Exclude<ScanResult['kind'], 'code' | 'cancelled'>

export interface Bind {
  readonly city: CityId
  readonly manifest: Load<Manifest>
  readonly reload: () => Promise<void>
  readonly step: Step
  readonly number: string
  readonly relation: AccountRelation | null
  readonly nickname: string
  readonly typeNumber: (text: string) => void
  /** Absent where the host has no camera for codes. */
  readonly scan: (() => Promise<void>) | undefined
  readonly scanned: ScanOutcome | null
  /** The way back from a refused camera. */
  readonly allowCamera: (() => Promise<void>) | undefined
  readonly setRelation: (relation: AccountRelation) => void
  readonly setNickname: (text: string) => void
  readonly chooseBiller: (id: string) => void
  /** Back to the list of billers, or to the number. */
  readonly goTo: (step: 'biller' | 'number') => void
  readonly match: () => Promise<void>
  readonly bind: () => Promise<void>
}

export function useBind(city: CityId, linkedBiller: BillerId | undefined): Bind {
  const [manifest, reload] = useManifest(city)
  const [step, setStep] = useState<Step>({ kind: 'biller' })
  const [number, setNumber] = useState('')
  const [relation, setRelation] = useState<AccountRelation | null>(null)
  const [nickname, setNickname] = useState('')
  const [scanned, setScanned] = useState<ScanOutcome | null>(null)
  const known = manifest.status === 'ready' ? manifest.value : null

  const intent = useIntent()

  const begin = useCallback((biller: Biller) => {
    setScanned(null)
    setStep({ kind: 'number', biller, error: null, expired: false })
  }, [])

  // A link may name the biller; it counts once, so that "choose another" is not undone by a refresh.
  const linked = useRef(linkedBiller)
  useEffect(() => {
    const biller = known && linked.current ? billerOf(known, linked.current) : null
    if (known) linked.current = undefined
    if (biller) begin(biller)
  }, [known, begin])

  const chooseBiller = useCallback(
    (id: string) => {
      const biller = known?.billers.find((other) => other.id === id)
      if (biller) begin(biller)
    },
    [known, begin],
  )

  const goTo = (to: 'biller' | 'number') => {
    if (to === 'biller' || step.kind === 'biller') setStep({ kind: 'biller' })
    else begin(step.biller)
  }

  const match = async () => {
    if (step.kind === 'biller') return
    const { biller } = step
    if (validateAccountNumber(biller.account, number).length > 0) return
    try {
      const match = await services.accounts.match(city, biller.id, normaliseAccountNumber(number))
      if (match.outcome === 'matched') setStep({ kind: 'confirm', biller, match, error: null })
      else setStep({ kind: 'outcome', biller, match })
    } catch (thrown) {
      setStep({ kind: 'number', biller, error: asServiceError(thrown), expired: false })
    }
  }

  const bind = async () => {
    if (step.kind !== 'confirm' || relation === null) return
    const here = fromHere()
    const { biller, match } = step
    const named = normalise('line', nickname)
    const binding = { matchId: match.matchId, relation, ...(named && { nickname: named }) }
    try {
      const account = await services.accounts.bind(city, binding, intent.keyOf(binding))
      await here.replace(routes.account({ city, account: account.id }))
    } catch (thrown) {
      if (isRefusal(thrown, 'match-expired')) setStep({ kind: 'number', biller, error: null, expired: true })
      else setStep({ ...step, error: asServiceError(thrown) })
    }
  }

  const typeNumber = (text: string) => {
    setScanned(null)
    setNumber(text)
  }

  const scan = async () => {
    const result = await platform.scan?.()
    if (!result || result.kind === 'cancelled' || step.kind !== 'number') return
    if (result.kind !== 'code') return setScanned(result.kind)
    const found = readScanned(step.biller.account, result.text)
    if (found.kind === 'number') setNumber(found.number)
    setScanned(found.kind)
  }

  const allowCamera = async () => {
    if (await platform.openSettings?.camera?.()) await scan()
  }

  return {
    city,
    manifest,
    reload,
    step,
    number,
    relation,
    nickname,
    typeNumber,
    scan: platform.scan && scan,
    scanned,
    allowCamera: platform.openSettings?.camera && allowCamera,
    setRelation,
    setNickname,
    chooseBiller,
    goTo,
    match,
    bind,
  }
}
