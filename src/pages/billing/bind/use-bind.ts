import { useCallback, useEffect, useRef, useState } from 'react'
import {
  type AccountMatch,
  type AccountRelation,
  normaliseAccountNumber,
  validateAccountNumber,
} from '@/domain/account'
import type { BillerId, CityId, IdempotencyKey } from '@/domain/ids'
import { type Biller, billerOf, type Manifest } from '@/domain/manifest'
import { readScanned, type Scanned } from '@/domain/scanned'
import { normalise } from '@/domain/typed'
import { fromHere } from '@/lifecycle/leave'
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
  | { readonly step: 'biller' }
  | {
      readonly step: 'number'
      readonly biller: Biller
      readonly error: ServiceError | null
      /** The match was not confirmed in time. */
      readonly expired: boolean
    }
  | { readonly step: 'outcome'; readonly biller: Biller; readonly match: Exclude<AccountMatch, Matched> }
  | {
      readonly step: 'confirm'
      readonly biller: Biller
      readonly match: Matched
      readonly error: ServiceError | null
    }

/** What came of holding the camera over a paper bill. Nothing is sent by it. */
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

export function useBind(city: CityId, wanted: BillerId | undefined): Bind {
  const [manifest, reload] = useManifest(city)
  const [step, setStep] = useState<Step>({ step: 'biller' })
  const [number, setNumber] = useState('')
  const [relation, setRelation] = useState<AccountRelation | null>(null)
  const [nickname, setNickname] = useState('')
  const [scanned, setScanned] = useState<ScanOutcome | null>(null)
  const offered = manifest.status === 'ready' ? manifest.value : null

  // One key for one wording of the wish, so that a repetition after a lost answer binds nothing twice.
  const intent = useRef<{ body: string; key: IdempotencyKey } | null>(null)

  const begin = useCallback((biller: Biller) => {
    setScanned(null)
    setStep({ step: 'number', biller, error: null, expired: false })
  }, [])

  // A link may name the biller; it counts once, so that "choose another" is not undone by a refresh.
  const linked = useRef(wanted)
  useEffect(() => {
    const biller = offered && linked.current ? billerOf(offered, linked.current) : null
    if (offered) linked.current = undefined
    if (biller) begin(biller)
  }, [offered, begin])

  const chooseBiller = useCallback(
    (id: string) => {
      const biller = offered?.billers.find((other) => other.id === id)
      if (biller) begin(biller)
    },
    [offered, begin],
  )

  const goTo = (to: 'biller' | 'number') => {
    if (to === 'biller' || step.step === 'biller') setStep({ step: 'biller' })
    else begin(step.biller)
  }

  const match = async () => {
    if (step.step === 'biller') return
    const { biller } = step
    if (validateAccountNumber(biller.account, number).length > 0) return
    try {
      const match = await services.accounts.match(city, biller.id, normaliseAccountNumber(number))
      if (match.outcome === 'matched') setStep({ step: 'confirm', biller, match, error: null })
      else setStep({ step: 'outcome', biller, match })
    } catch (thrown) {
      setStep({ step: 'number', biller, error: asServiceError(thrown), expired: false })
    }
  }

  const bind = async () => {
    if (step.step !== 'confirm' || relation === null) return
    const here = fromHere()
    const { biller, match } = step
    const named = normalise('line', nickname)
    const binding = { matchId: match.matchId, relation, ...(named && { nickname: named }) }
    const body = JSON.stringify(binding)
    if (intent.current?.body !== body) intent.current = { body, key: services.newIdempotencyKey() }
    try {
      const account = await services.accounts.bind(city, binding, intent.current.key)
      await here.replace(routes.account({ city, account: account.id }))
    } catch (thrown) {
      if (isRefusal(thrown, 'match-expired')) setStep({ step: 'number', biller, error: null, expired: true })
      else setStep({ ...step, error: asServiceError(thrown) })
    }
  }

  const typeNumber = (text: string) => {
    setScanned(null)
    setNumber(text)
  }

  const scan = async () => {
    const said = await platform.scan?.()
    if (!said || said.kind === 'cancelled' || step.step !== 'number') return
    if (said.kind !== 'code') return setScanned(said.kind)
    const found = readScanned(step.biller.account, said.text)
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
