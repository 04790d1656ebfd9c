import { useState } from 'react'
import { Alert } from '@/components/alert'
import { Button } from '@/components/button'
import { Field } from '@/components/field'
import { Screen } from '@/components/screen'
import { type AccountNumberProblem, type AccountRule, validateAccountNumber } from '@/domain/account'
import { failureText } from '@/parts/failure'
import { type Shape, useJoin, useText } from '@/text'
import { bind } from '@/text/billing/bind'
import { kinds } from '@/text/kinds'
import { failures } from '@/text/parts/failures'
import { terms } from '@/text/terms'
import type { Bind, Step } from './use-bind'

type Wrong = Shape<(typeof bind)['zh-CN']>['wrong']

function problemText(problem: AccountNumberProblem, rule: AccountRule, t: Wrong): string {
  switch (problem.kind) {
    case 'empty':
      return t.empty(rule.label)
    case 'too-short':
      return t.tooShort(problem.missing)
    case 'too-long':
      return t.tooLong(problem.extra)
    case 'bad-characters':
      return t.badCharacters(problem.characters.slice(0, 5).join(' '))
    case 'bad-check-digit':
      return t.badCheckDigit(rule.label)
  }
}

/** An X may end a number with that check digit, and the number keyboard has none. */
function keyboardOf(rule: AccountRule): 'number' | 'idcard' | 'text' {
  if (rule.charset !== 'digits') return 'text'
  return rule.checkDigit === 'mod11' ? 'idcard' : 'number'
}

/** What is missing shows once the citizen has stopped typing; what is wrong already shows at once. */
const showsWhileTyping = ({ kind }: AccountNumberProblem) => kind !== 'empty' && kind !== 'too-short'

interface Props {
  page: Bind
  step: Extract<Step, { kind: 'number' }>
}

/** The form for a number, made from the biller's rule. */
export function NumberStep({ page, step }: Props) {
  const t = useText(bind)
  const failed = useText(failures)
  const { openSettings } = useText(terms)
  const join = useJoin()
  const [hasLeft, setLeft] = useState(false)
  const { biller, error, expired } = step
  const rule = biller.account
  const problem = validateAccountNumber(rule, page.number)[0]
  const isShown = problem !== undefined && (hasLeft || showsWhileTyping(problem))
  const failure = error && failureText(error, failed)
  const fieldProblem = error?.fields?.find(({ field }) => field === 'number')?.problem

  const lookUp = () => {
    setLeft(true)
    return page.match()
  }
  return (
    <Screen
      title={biller.name}
      lead={useText(kinds)[biller.kind].lead}
      footer={
        <>
          <Button block onTap={lookUp}>
            {t.lookUp}
          </Button>
          <Button block kind="quiet" onTap={() => page.goTo('biller')}>
            {t.changeBiller}
          </Button>
        </>
      }
    >
      {expired && (
        <Alert tone="info" live>
          {t.expired}
        </Alert>
      )}
      {failure && !fieldProblem && (
        <Alert tone="bad" title={failure.title} live>
          {failure.text}
        </Alert>
      )}
      <Field
        label={rule.label}
        value={page.number}
        onChange={(text) => {
          setLeft(false)
          page.typeNumber(text)
        }}
        type={keyboardOf(rule)}
        hint={join([rule.hint, rule.example && t.example(rule.example)]) || undefined}
        error={isShown ? problemText(problem, rule, t.wrong) : fieldProblem}
        onBlur={() => setLeft(page.number !== '')}
        onDone={lookUp}
      />
      {page.scanned && (
        <Alert
          tone={page.scanned === 'number' ? 'ok' : 'info'}
          live
          {...(page.scanned === 'denied' && page.allowCamera && { action: openSettings, onAction: page.allowCamera })}
        >
          {t.scanned[page.scanned]}
        </Alert>
      )}
      {page.scan && (
        <Button block kind="secondary" icon="scan" onTap={page.scan}>
          {t.scan}
        </Button>
      )}
    </Screen>
  )
}
