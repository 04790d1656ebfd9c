import { useEffect, useRef, useState } from 'react'
import { normaliseAccountNumber, validateAccountNumber } from '@/domain/account'
import type { BillerId, CityId } from '@/domain/ids'
import { type Biller, billerOf, type Manifest } from '@/domain/manifest'
import { readScanned, type Scanned } from '@/domain/scanned'
import { type Finding, findersOf, plainProof, proofProblem } from '@/domain/unbound'
import { fromHere } from '@/lifecycle/go'
import { platform } from '@/platform'
import type { ScanResult } from '@/platform/types'
import type { Load } from '@/queries/use-load'
import { useManifest } from '@/queries/use-manifest'
import { routes } from '@/routes'
import { services } from '@/services'
import { asServiceError, type ServiceError } from '@/services/errors'
import { findingsOf } from '@/services/findings'

type Found = Extract<Finding, { outcome: 'found' }>

/** Where the citizen is. What was typed outlives every step back, and no step outlives the page. */
export type Step =
  | { readonly kind: 'biller' }
  | { readonly kind: 'number'; readonly biller: Biller; readonly error: ServiceError | null }
  | { readonly kind: 'outcome'; readonly biller: Biller; readonly finding: Exclude<Finding, Found> }
  | { readonly kind: 'found'; readonly biller: Biller; readonly finding: Found }

export type ScanOutcome = Scanned['kind'] | Exclude<ScanResult['kind'], 'code' | 'cancelled'>

export interface Find {
  readonly city: CityId
  readonly manifest: Load<Manifest>
  readonly reload: () => Promise<void>
  readonly step: Step
  readonly number: string
  readonly proof: string
  readonly typeNumber: (text: string) => void
  readonly typeProof: (text: string) => void
  /** Absent where the host has no camera for codes. */
  readonly scan?: (() => Promise<void>) | undefined
  readonly scanned: ScanOutcome | null
  readonly chooseBiller: (id: string) => void
  /** Back to the list of billers, or to the number. */
  readonly goTo: (step: 'biller' | 'number') => void
  readonly find: () => Promise<void>
}

export function useFind(city: CityId, linkedBiller: BillerId | undefined): Find {
  const [manifest, reload] = useManifest(city, false)
  const [step, setStep] = useState<Step>({ kind: 'biller' })
  const [number, setNumber] = useState('')
  const [proof, setProof] = useState('')
  const [scanned, setScanned] = useState<ScanOutcome | null>(null)
  const known = manifest.status === 'ready' ? manifest.value : null

  const begin = (biller: Biller) => {
    setScanned(null)
    setStep({ kind: 'number', biller, error: null })
  }
  const finderOf = (id: BillerId) => {
    const isFinder = known && findersOf(known).some(({ billers }) => billers.some((each) => each.id === id))
    return isFinder ? billerOf(known, id) : null
  }

  // A link may name the biller; it counts once.
  const linked = useRef(linkedBiller)
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the manifest is there
  useEffect(() => {
    const biller = known && linked.current ? finderOf(linked.current) : null
    if (known) linked.current = undefined
    if (biller) begin(biller)
  }, [known])

  const find = async () => {
    if (step.kind === 'biller') return
    const { biller } = step
    const rule = biller.finding?.proof
    if (validateAccountNumber(biller.account, number).length > 0 || (rule && proofProblem(rule, proof))) return
    const here = fromHere()
    try {
      const finding = await services
        .of(findingsOf)
        .find(city, biller.id, normaliseAccountNumber(number), rule ? plainProof(rule, proof) : null)
      if (finding.outcome !== 'found') return setStep({ kind: 'outcome', biller, finding })
      const [bill, ...others] = finding.bills
      if (!bill || others.length > 0) return setStep({ kind: 'found', biller, finding })
      setStep({ kind: 'number', biller, error: null })
      await here(routes.foundBill({ city, bill: bill.id }))
    } catch (thrown) {
      setStep({ kind: 'number', biller, error: asServiceError(thrown) })
    }
  }

  const scan = async () => {
    const result = await platform.scan?.()
    if (!result || result.kind === 'cancelled' || step.kind !== 'number') return
    if (result.kind !== 'code') return setScanned(result.kind)
    const found = readScanned(step.biller.account, result.text)
    if (found.kind === 'number') setNumber(found.number)
    setScanned(found.kind)
  }

  return {
    city,
    manifest,
    reload,
    step,
    number,
    proof,
    typeNumber: (text) => {
      setScanned(null)
      setNumber(text)
    },
    typeProof: setProof,
    scan: platform.scan && scan,
    scanned,
    chooseBiller: (id) => {
      const biller = finderOf(id as BillerId)
      if (biller) begin(biller)
    },
    goTo: (to) => {
      if (to === 'biller' || step.kind === 'biller') setStep({ kind: 'biller' })
      else begin(step.biller)
    },
    find,
  }
}
