import { View } from '@tarojs/components'
import { Alert } from '@/components/alert'
import { Button } from '@/components/button'
import { Countdown } from '@/components/countdown'
import { Field } from '@/components/field'
import { Fold } from '@/components/fold'
import { KeyValue } from '@/components/key-value'
import { Screen } from '@/components/screen'
import { Card, Section } from '@/components/section'
import type { CityId, HallId } from '@/domain/ids'
import type { VerifiedLevel } from '@/domain/level'
import { page } from '@/parts/page'
import { platform } from '@/platform'
import { readLink } from '@/routes'
import { services } from '@/services'
import { useText } from '@/text'
import { identity } from '@/text/identity'
import { terms } from '@/text/terms'
import { type FieldError, useVerify, type VerifyPage as VerifyState } from './use-verify'
import './index.scss'

function useErrorText() {
  const t = useText(identity)
  const { unreadable, tooLong } = useText(terms)
  return (error: FieldError | undefined, empty: 'noName' | 'noNumber'): string | undefined => {
    if (error === undefined) return undefined
    if (typeof error === 'object') return 'byCity' in error ? error.byCity : tooLong(error.extra, 60)
    if (error === 'empty') return t[empty]
    return error === 'unreadable' ? unreadable : t.badNumber
  }
}

/** How the last try ended. */
function Ended({ page }: { page: VerifyState }) {
  const { ends, check } = useText(identity)
  const { verifying } = page
  if (verifying.status !== 'form' || verifying.end === null) return null
  const { title, text } = ends[verifying.end]
  const mayCheck = page.check !== null && ['no-result', 'no-answer', 'not-answering'].includes(verifying.end)
  return (
    <Alert
      tone={verifying.end === 'cancelled' ? 'info' : 'warn'}
      title={title}
      live
      {...(mayCheck && page.check && { action: check, onAction: page.check })}
    >
      {text}
    </Alert>
  )
}

/** Where it can be done without. */
function Without({ page }: { page: VerifyState }) {
  const t = useText(identity)
  const { hall, phone } = page
  const number = hall?.phone ?? phone
  return (
    <Section title={page.isOffered ? t.without : t.notOffered} note={t.withoutText}>
      <Card>
        <KeyValue
          rows={[
            ...(hall ? [{ label: t.counter, value: `${hall.name}\n${hall.address}` }] : []),
            ...(number ? [{ label: t.phone, value: number }] : []),
          ]}
        />
      </Card>
      {number && (
        <Button block kind="secondary" icon="phone" onTap={() => platform.call(number)}>
          {t.call(number)}
        </Button>
      )}
    </Section>
  )
}

function Footer({ city, page }: { city: CityId; page: VerifyState }) {
  const t = useText(identity)
  const { verifying, request } = page
  const busy = { beginning: t.checking, 'at-host': t.atHost, checking: t.checking, verified: t.verified } as const
  const isForm = verifying.status === 'form'
  return (
    <>
      {request?.until && <Countdown deadline={request.until} now={() => services.serverNow(city)} label={t.kept} />}
      <Button block onTap={page.verify} disabled={!isForm} reason={isForm ? undefined : busy[verifying.status]}>
        {isForm && verifying.end !== null ? t.again : t.verify}
      </Button>
    </>
  )
}

function VerifyPage({ city, level, hall }: { city: CityId; level: VerifiedLevel; hall?: HallId }) {
  const t = useText(identity)
  const textOf = useErrorText()
  const page = useVerify(city, level, hall)
  const { typed, errors } = page
  return (
    <Screen
      title={t.title}
      lead={t.lead[level](page.request?.purpose ?? '')}
      footer={page.isOffered ? <Footer city={city} page={page} /> : undefined}
    >
      <Ended page={page} />
      {page.isOffered && (
        <Card>
          <View className="identity__fields">
            <Field
              label={t.name}
              hint={t.nameHint}
              value={typed.name}
              error={textOf(errors.name, 'noName')}
              onChange={(text) => page.type('name', text)}
            />
            <Field
              label={t.idNumber}
              hint={t.sent}
              type="idcard"
              value={typed.idNumber}
              error={textOf(errors.idNumber, 'noNumber')}
              onChange={(text) => page.type('idNumber', text)}
            />
          </View>
        </Card>
      )}
      <Fold
        title={t.without}
        open={!page.isOffered || (page.verifying.status === 'form' && page.verifying.end !== null)}
      >
        <Without page={page} />
      </Fold>
    </Screen>
  )
}

export default page({
  link: (params) => readLink(params, ['city', 'level'], ['hall']),
  title: (language) => identity[language].title,
  view: VerifyPage,
})
