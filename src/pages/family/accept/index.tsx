import { Alert } from '@/components/alert'
import { Button, ButtonRow } from '@/components/button'
import { Field } from '@/components/field'
import { KeyValue } from '@/components/key-value'
import { Screen } from '@/components/screen'
import { Card } from '@/components/section'
import type { CityId } from '@/domain/ids'
import { formatDate } from '@/domain/time'
import { todayIn } from '@/lifecycle/use-server-now'
import { page } from '@/parts/page'
import { readLink } from '@/routes'
import { useLanguage, useText } from '@/text'
import { family } from '@/text/family'
import { Problem } from '../parts/problem'
import { useThingsText } from '../parts/use-things-text'
import { type AcceptForm, useAccept } from './use-accept'

function EnterCode({ form }: { form: AcceptForm }) {
  const t = useText(family)
  const { code, isCode } = form
  return (
    <Screen
      title={t.accept}
      footer={
        <Button block onTap={form.look} disabled={!isCode} reason={isCode ? undefined : t.codeWrong}>
          {t.look}
        </Button>
      }
    >
      <Problem problem={form.problem} title={t.lookFailed} />
      <Card>
        <Field label={t.codeField} hint={t.codeHint} value={code} onChange={form.setCode} maxLength={20} />
      </Card>
    </Screen>
  )
}

function Invited({ city, form }: { city: CityId; form: AcceptForm }) {
  const t = useText(family)
  const language = useLanguage()
  const thingsText = useThingsText()
  const { invitation } = form
  if (invitation === null) return <EnterCode form={form} />
  const { role, maskedName, maskedPhone, things, endsOn } = invitation
  const isGiver = role === 'giver'
  return (
    <Screen
      title={isGiver ? t.asks(maskedName) : t.offers(maskedName)}
      footer={
        <ButtonRow>
          <Button onTap={form.accept}>{isGiver ? t.agreeGiver : t.agreeActor}</Button>
          <Button kind="quiet" onTap={form.refuse}>
            {t.refuse}
          </Button>
        </ButtonRow>
      }
    >
      <Problem problem={form.problem} title={t.agreeFailed} />
      <Card>
        <KeyValue
          rows={[
            { label: t.who, value: maskedName },
            ...(maskedPhone ? [{ label: t.phone, value: maskedPhone }] : []),
            { label: t.mayDo, value: thingsText(things) },
            { label: t.lastDay, value: formatDate(endsOn, language, todayIn(city)) },
          ]}
        />
      </Card>
      <Alert tone="warn">{t.careful}</Alert>
    </Screen>
  )
}

function AcceptPage({ city, invitation }: { city: CityId; invitation?: string }) {
  const t = useText(family)
  return <Invited city={city} form={useAccept(city, invitation, t.needed)} />
}

export default page({
  link: (params) => readLink(params, ['city'], ['invitation']),
  title: (language) => family[language].accept,
  view: AcceptPage,
})
