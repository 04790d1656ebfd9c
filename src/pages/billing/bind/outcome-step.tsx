import { Button } from '@/components/button'
import { Message } from '@/components/empty'
import type { IconName } from '@/components/icon'
import { Screen } from '@/components/screen'
import { dayOf, formatMoment } from '@/domain/time'
import { platform } from '@/platform'
import { services } from '@/services'
import { useLanguage, useText } from '@/text'
import { bind } from '@/text/billing/bind'
import type { Bind, Step } from './use-bind'

interface Props {
  page: Bind
  step: Extract<Step, { kind: 'outcome' }>
}

const icons: Readonly<Record<Props['step']['match']['outcome'], IconName>> = {
  'no-account': 'search',
  'biller-closed': 'moon',
  'not-answering': 'hourglass',
  unlisted: 'info',
}

/** Why there is nothing to bind yet, each with its own next step. None of these means that nothing is due. */
export function OutcomeStep({ page, step }: Props) {
  const t = useText(bind)
  const language = useLanguage()
  const { biller, match } = step
  const title =
    match.outcome === 'biller-closed'
      ? t.outcome['biller-closed'].title(
          formatMoment(match.closedUntil, language, dayOf(services.serverNow(page.city))),
        )
      : t.outcome[match.outcome].title
  const isNumberWrong = match.outcome === 'no-account'
  return (
    <Screen
      footer={
        <>
          {isNumberWrong ? (
            <Button block onTap={() => page.goTo('number')}>
              {t.checkNumber}
            </Button>
          ) : (
            <Button block icon="refresh" onTap={page.match}>
              {t.tryAgain}
            </Button>
          )}
          <Button block kind="secondary" icon="phone" onTap={() => platform.call(biller.phone)}>
            {t.callBiller(biller.phone)}
          </Button>
          <Button block kind="quiet" onTap={() => page.goTo('biller')}>
            {t.changeBiller}
          </Button>
        </>
      }
    >
      <Message icon={icons[match.outcome]} title={title} text={t.outcome[match.outcome].text(biller.name)} />
    </Screen>
  )
}
