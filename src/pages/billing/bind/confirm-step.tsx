import { Alert } from '@/components/alert'
import { Button } from '@/components/button'
import { Choice } from '@/components/choice'
import { Field } from '@/components/field'
import { KeyValue } from '@/components/key-value'
import { Screen } from '@/components/screen'
import { Card } from '@/components/section'
import { normaliseAccountNumber } from '@/domain/account'
import { failureText } from '@/parts/failure'
import { useTextProblem } from '@/parts/use-text-problem'
import { useJoin, useText } from '@/text'
import { bind } from '@/text/billing/bind'
import { kinds } from '@/text/kinds'
import { failures } from '@/text/parts/failures'
import type { Bind, Step } from './use-bind'

interface Props {
  page: Bind
  step: Extract<Step, { kind: 'confirm' }>
}

const longestNickname = 20

/** A mistyped number is a stranger's home: holder and address are shown, masked, before anything is bound. */
export function ConfirmStep({ page, step }: Props) {
  const t = useText(bind)
  const failed = useText(failures)
  const join = useJoin()
  const { biller, match, error } = step
  const own = useText(kinds)[biller.kind]
  const failure = error && failureText(error, failed)
  const problem = useTextProblem('line', page.nickname, longestNickname)
  return (
    <Screen
      title={own.confirm}
      lead={t.confirmLead}
      footer={
        <>
          <Button
            block
            onTap={page.bind}
            disabled={page.relation === null || problem !== undefined}
            reason={page.relation === null ? t.chooseRelation : problem}
          >
            {t.bind}
          </Button>
          <Button block kind="quiet" onTap={() => page.goTo('number')}>
            {t.notThis}
          </Button>
        </>
      }
    >
      {failure && (
        <Alert tone="bad" title={t.failed} live>
          {join([failure.title, failure.text], 'stop')}
        </Alert>
      )}
      <Card>
        <KeyValue
          rows={[
            { label: own.holder, value: match.maskedHolder },
            { label: own.address, value: match.maskedAddress },
            { label: t.biller, value: biller.name },
            { label: biller.account.label, value: normaliseAccountNumber(page.number) },
          ]}
        />
      </Card>
      <Choice
        label={t.relation}
        value={page.relation ?? undefined}
        onChange={(value) => page.setRelation(value === 'mine' ? 'mine' : 'someone-else')}
        options={[
          { value: 'mine', label: t.mine, note: t.mineNote },
          { value: 'someone-else', label: t.someoneElse, note: t.someoneElseNote },
        ]}
      />
      <Field
        label={t.nickname}
        value={page.nickname}
        onChange={page.setNickname}
        placeholder={t.nicknamePlaceholder}
        error={problem}
        optional
      />
    </Screen>
  )
}
