import { Button } from '@/components/button'
import { Message } from '@/components/empty'
import type { IconName } from '@/components/icon'
import { Screen } from '@/components/screen'
import { dayOf, formatMoment } from '@/domain/time'
import { platform } from '@/platform'
import { services } from '@/services'
import { useJoin, useLanguage, useText } from '@/text'
import { unbound } from '@/text/unbound'
import type { Find, Step } from './use-find'

type Props = { page: Find; step: Extract<Step, { kind: 'outcome' }> }

const icons: Readonly<Record<Props['step']['finding']['outcome'], IconName>> = {
  'not-found': 'search',
  'nothing-due': 'check-circle',
  settled: 'check-circle',
  'biller-closed': 'moon',
  'not-answering': 'hourglass',
  unlisted: 'info',
}

/** Why there is nothing to pay. Only the biller's own word means that nothing is owed. */
export function OutcomeStep({ page, step }: Props) {
  const t = useText(unbound)
  const language = useLanguage()
  const join = useJoin()
  const { biller, finding } = step
  const { title, text } = t.outcome[finding.outcome]
  const moment = (at: string) => formatMoment(at, language, dayOf(services.serverNow(page.city)))
  const time =
    finding.outcome === 'settled' && finding.settledAt
      ? t.settledAt(moment(finding.settledAt))
      : finding.outcome === 'biller-closed' && t.opens(moment(finding.closedUntil))
  const mayChange = finding.outcome === 'biller-closed' || finding.outcome === 'not-answering'
  return (
    <Screen
      footer={
        <>
          {mayChange ? (
            <Button block icon="refresh" onTap={page.find}>
              {t.again}
            </Button>
          ) : (
            <Button block onTap={() => page.goTo('number')}>
              {t.check}
            </Button>
          )}
          <Button block kind="secondary" icon="phone" onTap={() => platform.call(biller.phone)}>
            {t.call(biller.phone)}
          </Button>
          <Button block kind="quiet" onTap={() => page.goTo('biller')}>
            {t.another}
          </Button>
        </>
      }
    >
      <Message icon={icons[finding.outcome]} title={join([title, time])} text={text(biller.name)} />
    </Screen>
  )
}
