import { useState } from 'react'
import { Alert } from '@/components/alert'
import { Button } from '@/components/button'
import { Message } from '@/components/empty'
import { Screen } from '@/components/screen'
import { type AccountId, asId, type CityId, type PaymentId } from '@/domain/ids'
import type { Payment } from '@/domain/payment'
import { keepable } from '@/domain/unbound'
import { fromHere, go } from '@/lifecycle/go'
import { useIntent } from '@/lifecycle/use-intent'
import { failureText } from '@/parts/failure'
import { PageState, page } from '@/parts/page'
import { useLoad } from '@/queries/use-load'
import { readLink, routes } from '@/routes'
import { services } from '@/services'
import { asServiceError, type ServiceError } from '@/services/errors'
import { findingsOf } from '@/services/findings'
import { useText } from '@/text'
import { failures } from '@/text/parts/failures'
import { unbound } from '@/text/unbound'

/** Asked once, nothing chosen beforehand: both answers end it. */
function KeepContent({ payment: { id, cityId: city, bills } }: { payment: Payment }) {
  const t = useText(unbound)
  const failed = useText(failures)
  const intent = useIntent()
  const [error, setError] = useState<ServiceError | null>(null)
  const back = () => go.replace(routes.payment({ city, payment: id }))
  const bill = keepable(bills)
  const matchId = bill?.keep?.matchId
  if (!bill || !matchId)
    return (
      <Screen
        footer={
          <Button block onTap={back}>
            {t.toPayment}
          </Button>
        }
      >
        <Message icon="info" title={t.keepGone} text={t.keepGoneText} />
      </Screen>
    )
  const answer = (send: () => Promise<unknown>) => async () => {
    const here = fromHere()
    try {
      await send()
      await here.replace(routes.payment({ city, payment: id }))
    } catch (thrown) {
      setError(asServiceError(thrown))
    }
  }
  const binding = { matchId, relation: 'someone-else' } as const
  const keep = answer(() => services.accounts.bind(city, binding, intent.keyOf(binding)))
  const forget = answer(() => services.of(findingsOf).forget(city, asId<AccountId>(matchId)))
  return (
    <Screen
      title={t.keepTitle}
      lead={bill.accountLabel ?? bill.title}
      footer={
        <>
          <Button block kind="secondary" onTap={keep}>
            {t.keepYes}
          </Button>
          <Button block kind="secondary" onTap={forget}>
            {t.keepNo}
          </Button>
        </>
      }
    >
      {error && (
        <Alert tone="bad" title={t.keepFailed} live>
          {failureText(error, failed).text}
        </Alert>
      )}
      <Message icon="home" title={bill.title} text={t.keepText} />
    </Screen>
  )
}

function KeepView({ city, payment }: { city: CityId; payment: PaymentId }) {
  const [load, reload] = useLoad([city, payment], (...args): Promise<Payment> => services.payments.get(...args))
  return (
    <PageState state={{ ...load, reload }} skeleton={[{ kind: 'card' }]}>
      {(ready) => <KeepContent payment={ready.value} />}
    </PageState>
  )
}

export default page({
  link: (params) => readLink(params, ['city', 'payment']),
  title: (language) => unbound[language].keepTitle,
  view: KeepView,
})
