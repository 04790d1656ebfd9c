import { useState } from 'react'
import { Alert } from '@/components/alert'
import { Button } from '@/components/button'
import { Field } from '@/components/field'
import { Screen } from '@/components/screen'
import { type AccountNumberProblem, type AccountRule, validateAccountNumber } from '@/domain/account'
import { proofProblem } from '@/domain/unbound'
import { failureText } from '@/parts/failure'
import { type Shape, useJoin, useText } from '@/text'
import { failures } from '@/text/parts/failures'
import { unbound } from '@/text/unbound'
import type { Find, Step } from './use-find'

function problemText(
  problem: AccountNumberProblem,
  { label }: AccountRule,
  t: Shape<(typeof unbound)['zh-CN']>,
): string {
  switch (problem.kind) {
    case 'empty':
      return t.empty(label)
    case 'too-short':
      return t.tooShort(problem.missing)
    case 'too-long':
      return t.tooLong(problem.extra)
    case 'bad-characters':
      return t.badCharacters(problem.characters.slice(0, 5).join(' '))
    case 'bad-check-digit':
      return t.badCheckDigit(label)
  }
}

/** An X may end a number with that check digit, and the number keyboard has none. */
function keyboardOf(rule: AccountRule): 'number' | 'idcard' | 'text' {
  if (rule.charset !== 'digits') return 'text'
  return rule.checkDigit === 'mod11' ? 'idcard' : 'number'
}

interface Props {
  page: Find
  step: Extract<Step, { kind: 'number' }>
}

/** The number, and what the biller wants named beside it. */
export function NumberStep({ page, step }: Props) {
  const t = useText(unbound)
  const failed = useText(failures)
  const join = useJoin()
  const [hasTried, setTried] = useState(false)
  const { biller, error } = step
  const rule = biller.account
  const proof = biller.finding?.proof
  const problem = validateAccountNumber(rule, page.number)[0]
  const wrongProof = proof && proofProblem(proof, page.proof)
  const isShown = hasTried || (problem !== undefined && problem.kind !== 'empty' && problem.kind !== 'too-short')
  const refused = (name: string) => error?.fields?.find(({ field }) => field === name)?.problem
  const failure = error && !refused('number') && !refused('proof') ? failureText(error, failed) : null
  const find = () => {
    setTried(true)
    return page.find()
  }
  return (
    <Screen
      title={biller.name}
      lead={t.lead}
      footer={
        <>
          <Button block onTap={find}>
            {t.find}
          </Button>
          <Button block kind="quiet" onTap={() => page.goTo('biller')}>
            {t.another}
          </Button>
        </>
      }
    >
      {failure && (
        <Alert tone="bad" title={failure.title} live>
          {failure.text}
        </Alert>
      )}
      <Field
        label={rule.label}
        value={page.number}
        onChange={(text) => {
          setTried(false)
          page.typeNumber(text)
        }}
        type={keyboardOf(rule)}
        hint={join([rule.hint, rule.example && t.example(rule.example)]) || undefined}
        error={problem && isShown ? problemText(problem, rule, t) : refused('number')}
      />
      {page.scanned && (
        <Alert tone={page.scanned === 'number' ? 'ok' : 'info'} live>
          {t.scanned[page.scanned]}
        </Alert>
      )}
      {page.scan && (
        <Button block kind="secondary" icon="scan" onTap={page.scan}>
          {t.scan}
        </Button>
      )}
      {proof && (
        <Field
          label={proof.label}
          value={page.proof}
          onChange={(text) => {
            setTried(false)
            page.typeProof(text)
          }}
          maxLength={60}
          hint={proof.hint}
          error={
            wrongProof && hasTried
              ? wrongProof.kind === 'empty'
                ? t.empty(proof.label)
                : t.length(wrongProof.length)
              : refused('proof')
          }
          onDone={find}
        />
      )}
    </Screen>
  )
}
