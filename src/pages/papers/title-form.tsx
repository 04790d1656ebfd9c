import { View } from '@tarojs/components'
import { Alert } from '@/components/alert'
import { Button } from '@/components/button'
import { Cell, CellGroup } from '@/components/cell'
import { Choice } from '@/components/choice'
import { Field } from '@/components/field'
import { Sheet } from '@/components/sheet'
import { SwitchCell } from '@/components/switch'
import { failureText } from '@/parts/failure'
import { useText } from '@/text'
import { papers } from '@/text/papers'
import { failures } from '@/text/parts/failures'
import { terms } from '@/text/terms'
import type { FieldError, PapersPage } from './use-papers'

/** To whom an invoice is made out. What the city keeps is offered; nothing is filled in or sent by itself. */
export function TitleForm({ page }: { page: PapersPage }) {
  const t = useText(papers)
  const failed = useText(failures)
  const { unreadable, tooLong } = useText(terms)
  const { asking, typed, errors, keptTitle, problem } = page
  if (asking === null) return null
  const textOf = (error: FieldError | undefined, bad: string): string | undefined => {
    if (error === undefined) return undefined
    if (typeof error === 'object') return 'byCity' in error ? error.byCity : tooLong(error.extra, 100)
    return error === 'unreadable' ? unreadable : bad
  }
  const fill = () => {
    const { kind, name, taxNumber = '' } = keptTitle ?? { kind: 'personal', name: '' }
    page.change({ kind: kind === 'company' ? 'company' : 'personal', name, taxNumber })
  }
  return (
    <Sheet
      open
      title={t.acts.ask(t.kinds[asking.kind])}
      onClose={page.close}
      footer={
        <>
          <Button block onTap={page.submit}>
            {t.submit}
          </Button>
          <Button block kind="quiet" onTap={page.close}>
            {t.notNow}
          </Button>
        </>
      }
    >
      {problem && (
        <Alert tone="bad" title={t.askFailed} live>
          {failureText(problem, failed).text}
        </Alert>
      )}
      <View className="papers__fields">
        {keptTitle && typed.name === '' && (
          <CellGroup>
            <Cell icon="history" title={t.useKept} note={keptTitle.name} onTap={fill} />
          </CellGroup>
        )}
        <Choice
          label={t.kindLabel}
          value={typed.kind}
          options={[
            { value: 'personal', label: t.personal },
            { value: 'company', label: t.company },
          ]}
          onChange={(kind) => page.change({ kind: kind === 'company' ? 'company' : 'personal' })}
        />
        <Field
          label={t.name[typed.kind]}
          hint={t.sent}
          value={typed.name}
          maxLength={200}
          error={textOf(errors.name, t.noName)}
          onChange={(name) => page.change({ name })}
        />
        {typed.kind === 'company' && (
          <Field
            label={t.taxNumber}
            hint={t.taxNumberHint}
            value={typed.taxNumber}
            error={textOf(errors.taxNumber, t.badTaxNumber)}
            onChange={(taxNumber) => page.change({ taxNumber })}
          />
        )}
        <CellGroup>
          <SwitchCell title={t.keep} note={t.keepNote} on={typed.keeps} onChange={(keeps) => page.change({ keeps })} />
        </CellGroup>
      </View>
    </Sheet>
  )
}
