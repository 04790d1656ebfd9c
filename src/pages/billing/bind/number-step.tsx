import { useState } from 'react'
import { Button } from '@/components/button'
import { Field } from '@/components/field'
import { Notice } from '@/components/notice'
import { Screen } from '@/components/screen'
import { type AccountNumberProblem, type AccountRule, validateAccountNumber } from '@/domain/account'
import { sayFailure } from '@/parts/failure'
import { type Shape, useJoin, useText } from '@/text'
import { billing } from '@/text/billing'
import { common } from '@/text/common'
import { failures } from '@/text/failures'
import { kinds } from '@/text/kinds'
import type { Bind, Step } from './use-bind'

type Wrong = Shape<(typeof billing)['zh-CN']>['bind']['wrong']

function say(problem: AccountNumberProblem, rule: AccountRule, words: Wrong): string {
  switch (problem.kind) {
    case 'empty':
      return words.empty(rule.label)
    case 'too-short':
      return words.tooShort(problem.missing)
    case 'too-long':
      return words.tooLong(problem.extra)
    case 'bad-characters':
      return words.badCharacters(problem.characters.slice(0, 5).join(' '))
    case 'bad-check-digit':
      return words.badCheckDigit(rule.label)
  }
}

/** An X may end a number with that check digit, and the number keyboard has none. */
function keyboardOf(rule: AccountRule): 'number' | 'idcard' | 'text' {
  if (rule.charset !== 'digits') return 'text'
  return rule.checkDigit === 'mod11' ? 'idcard' : 'number'
}

/** What is missing is only said once the citizen has stopped typing; what is wrong already is said at once. */
const isSaidWhileTyping = ({ kind }: AccountNumberProblem) => kind !== 'empty' && kind !== 'too-short'

interface Props {
  page: Bind
  step: Extract<Step, { step: 'number' }>
}

/** The form for a number, drawn from the biller's rule. */
export function NumberStep({ page, step }: Props) {
  const { bind: words } = useText(billing)
  const failed = useText(failures)
  const { openSettings } = useText(common)
  const join = useJoin()
  const [left, setLeft] = useState(false)
  const { biller, error, expired } = step
  const rule = biller.account
  const problem = validateAccountNumber(rule, page.number)[0]
  const isSaid = problem !== undefined && (left || isSaidWhileTyping(problem))
  const said = error && sayFailure(error, failed)
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
            {words.lookUp}
          </Button>
          <Button block kind="quiet" onTap={() => page.goTo('biller')}>
            {words.changeBiller}
          </Button>
        </>
      }
    >
      {expired && (
        <Notice tone="info" live>
          {words.expired}
        </Notice>
      )}
      {said && !fieldProblem && (
        <Notice tone="bad" title={said.title} live>
          {said.text}
        </Notice>
      )}
      <Field
        label={rule.label}
        value={page.number}
        onChange={(text) => {
          setLeft(false)
          page.typeNumber(text)
        }}
        type={keyboardOf(rule)}
        hint={join([rule.hint, rule.example && words.example(rule.example)]) || undefined}
        error={isSaid ? say(problem, rule, words.wrong) : fieldProblem}
        onBlur={() => setLeft(page.number !== '')}
        onDone={lookUp}
      />
      {page.scanned && (
        <Notice
          tone={page.scanned === 'number' ? 'ok' : 'info'}
          live
          {...(page.scanned === 'denied' && page.allowCamera && { action: openSettings, onAction: page.allowCamera })}
        >
          {words.scanned[page.scanned]}
        </Notice>
      )}
      {page.scan && (
        <Button block kind="secondary" icon="scan" onTap={page.scan}>
          {words.scan}
        </Button>
      )}
    </Screen>
  )
}
