import { useState } from 'react'
import type { BillerId, CityId, PaymentId } from '@/domain/ids'
import { hasFeature } from '@/domain/manifest'
import { isCreditCode, type Paper, type PaperTitle, paperRule, paperStanding, safeFileUrl } from '@/domain/paper'
import { normalise, textProblem } from '@/domain/typed'
import { useIntent } from '@/lifecycle/use-intent'
import { usePolling } from '@/lifecycle/use-polling'
import { openFile } from '@/platform/files'
import { type Load, mapLoad, valueOf } from '@/queries/use-load'
import { useManifest } from '@/queries/use-manifest'
import { usePapers } from '@/queries/use-papers'
import { services } from '@/services'
import { addressOf } from '@/services/cities'
import { asServiceError, type ServiceError } from '@/services/errors'
import { type PaperRequest, papersOf } from '@/services/papers'

/** What is wrong with a field; `byCity` in the city's own text. */
export type FieldError = 'empty' | 'unreadable' | { readonly extra: number } | 'bad' | { readonly byCity: string }
type Field = 'name' | 'taxNumber'

export type TypedTitle = {
  readonly kind: 'personal' | 'company'
  readonly name: string
  readonly taxNumber: string
  readonly keeps: boolean
}
const noTitle: TypedTitle = { kind: 'personal', name: '', taxNumber: '', keeps: false }

/** As long as the contract lets it be. */
const longestName = 100

export interface PapersPage {
  /** Null where the city has none. */
  readonly load: Load<readonly Paper[]> | null
  readonly reload: () => Promise<void>
  readonly phoneOf: (biller: BillerId) => string | null
  readonly fileOf: (paper: Paper) => string | null
  /** What went wrong with asking last. */
  readonly problem: ServiceError | null
  /** The address of the file that did not open. */
  readonly unopened: string | null
  /** Whose title is being filled in. */
  readonly asking: Paper | null
  readonly typed: TypedTitle
  readonly errors: Readonly<Partial<Record<Field, FieldError>>>
  readonly keptTitle: PaperTitle | null
  /** Asks for it; one that needs a title has its form opened first. */
  readonly ask: (paper: Paper) => Promise<void>
  readonly again: (paper: Paper) => Promise<void>
  readonly change: (to: Partial<TypedTitle>) => void
  readonly submit: () => Promise<void>
  readonly close: () => void
  readonly open: (url: string) => Promise<void>
  /** False when it is not known to be done. */
  readonly forget: () => Promise<boolean>
}

const typedOf = ({ kind, name, taxNumber = '' }: PaperTitle): TypedTitle => ({
  ...{ kind: kind === 'company' ? 'company' : 'personal', name, taxNumber, keeps: false },
})

/** What the law gives for a payment: how each stands, and asking for it. */
export function usePapersPage(city: CityId, payment: PaymentId): PapersPage {
  const manifest = valueOf(useManifest(city)[0])
  const isOffered = manifest === null || hasFeature(manifest, 'papers')
  const [load, retry, reload] = usePapers(isOffered ? city : null, payment)
  const [failure, setFailure] = useState<{ biller: BillerId; error: ServiceError } | null>(null)
  const [unopened, setUnopened] = useState<string | null>(null)
  const [askingOf, setAskingOf] = useState<BillerId | null>(null)
  const [typed, setTyped] = useState(noTitle)
  const [errors, setErrors] = useState<PapersPage['errors']>({})
  const intent = useIntent()

  const list = valueOf(load)
  const standings = (list?.items ?? []).map((paper) => paperStanding(paper, services.serverNow(city)))
  /** A request whose answer got lost may have arrived: the list says so. */
  const askable = (biller: BillerId | undefined): Paper | null => {
    const at = (list?.items ?? []).findIndex((paper) => paper.billerId === biller)
    const { act = null } = paperRule[standings[at] ?? 'unlisted']
    return act === 'ask' || act === 'again' ? (list?.items[at] ?? null) : null
  }
  const asking = askable(askingOf ?? undefined)
  const isMoving = standings.some((standing) => paperRule[standing].polls)
  usePolling(isMoving, standings.join(), reload)

  const request = async (paper: Paper, more: Omit<PaperRequest, 'billerId'>) => {
    const body = { billerId: paper.billerId, ...more }
    setFailure(null)
    try {
      await services.of(papersOf).request(city, payment, body, intent.keyOf(body))
      // Asked for again after a failure it is another intent, also with the same title.
      intent.end()
      setAskingOf(null)
    } catch (thrown) {
      const error = asServiceError(thrown)
      const fields: Partial<Record<Field, FieldError>> = {}
      for (const { field, problem: byCity } of error.fields ?? [])
        if (field === 'title.name' || field === 'title.taxNumber') fields[field.slice(6) as Field] = { byCity }
      setErrors(fields)
      if (Object.keys(fields).length === 0) setFailure({ biller: paper.billerId, error })
    }
    await reload()
  }

  const valid = (): PaperTitle | null => {
    const name = normalise('line', typed.name)
    const taxNumber = normalise('document-number', typed.taxNumber)
    const wrong: Partial<Record<Field, FieldError>> = {}
    const nameProblem = textProblem('line', typed.name, longestName) ?? (name === '' ? 'empty' : null)
    if (nameProblem) wrong.name = nameProblem
    if (typed.kind === 'company' && !isCreditCode(taxNumber)) wrong.taxNumber = 'bad'
    setErrors(wrong)
    if (wrong.name || wrong.taxNumber) return null
    return typed.kind === 'company' ? { kind: 'company', name, taxNumber } : { kind: 'personal', name }
  }

  return {
    load: isOffered ? mapLoad(load, ({ items }) => items) : null,
    reload: retry,
    phoneOf: (id) => manifest?.billers.find((biller) => biller.id === id)?.phone ?? null,
    fileOf: ({ fileUrl }) => manifest && safeFileUrl(fileUrl, manifest, addressOf(city)),
    problem: failure && askable(failure.biller) ? failure.error : null,
    unopened,
    asking,
    typed,
    errors,
    keptTitle: list?.keptTitle ?? null,
    async ask(paper) {
      if (!paper.needsTitle) return request(paper, {})
      setErrors({})
      setFailure(null)
      setTyped(paper.title ? typedOf(paper.title) : noTitle)
      setAskingOf(paper.billerId)
    },
    again: (paper) => request(paper, paper.title ? { title: paper.title } : {}),
    change(to) {
      setTyped((before) => ({ ...before, ...to }))
      setErrors({})
    },
    async submit() {
      const title = valid()
      if (title && asking) await request(asking, { title, ...(typed.keeps && { keepTitle: true }) })
    },
    close: () => setAskingOf(null),
    async open(url) {
      setUnopened((await openFile(url)) ? null : url)
    },
    async forget() {
      const isDone = await services
        .of(papersOf)
        .forgetTitle(city)
        .then(
          () => true,
          () => false,
        )
      await reload()
      return isDone
    },
  }
}
