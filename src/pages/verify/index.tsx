import { Alert } from '@/components/alert'
import { Button } from '@/components/button'
import { Fold } from '@/components/fold'
import { Screen } from '@/components/screen'
import { Section } from '@/components/section'
import { Skeleton } from '@/components/skeleton'
import { TextArea } from '@/components/text-area'
import { failureText } from '@/parts/failure'
import { page } from '@/parts/page'
import { useCityName } from '@/parts/use-city-name'
import { readLink } from '@/routes'
import { findCity } from '@/services/cities'
import { useText } from '@/text'
import { failures } from '@/text/parts/failures'
import { verify as texts } from '@/text/verify'
import { GenuineReceipt } from './genuine'
import { useVerify, type Verify } from './use-verify'

const longestCode = 500

/** What was found out, in one sentence and what to do. */
function Result({ page }: { page: Verify }) {
  const t = useText(texts)
  const failed = useText(failures)
  const cityName = useCityName()
  const { found } = page
  switch (found.kind) {
    case 'none':
      return null
    case 'checking':
      return <Skeleton kind="card" />
    case 'genuine':
      return <GenuineReceipt page={page} found={found} />
    case 'unasked':
      return (
        <Alert
          tone="warn"
          title={t.unasked.title}
          action={t.again}
          onAction={() => page.judge(`${found.code.signedText}:${found.code.signature}`)}
          live
        >
          {`${failureText(found.error, failed).title}${t.stop}${t.unasked.text}`}
        </Alert>
      )
    case 'no-city': {
      const city = findCity(found.code.cityId)
      return (
        <Alert tone="warn" title={t['no-city'].title} live>
          {t['no-city'].text(city ? cityName(city) : found.code.cityId)}
        </Alert>
      )
    }
    default: {
      const { title, text } = t[found.kind]
      return (
        <Alert tone={found.kind === 'not-receipt' ? 'info' : 'bad'} title={title} live>
          {text}
        </Alert>
      )
    }
  }
}

function VerifyPage({ code }: { code?: string }) {
  const t = useText(texts)
  const page = useVerify(code)
  return (
    <Screen title={t.heading} lead={t.lead}>
      <Result page={page} />
      {page.cameraFault && (
        <Alert tone="info" live>
          {t.camera[page.cameraFault]}
        </Alert>
      )}
      {page.scan && (
        <Button block icon="scan" kind={page.found.kind === 'none' ? 'primary' : 'secondary'} onTap={page.scan}>
          {page.found.kind === 'none' ? t.scan : t.scanAnother}
        </Button>
      )}
      <Fold title={t.typeInstead} open={!page.scan}>
        <Section>
          <TextArea
            label={t.typed}
            hint={t.typedHint}
            value={page.typed}
            onChange={page.setTyped}
            maxLength={longestCode}
          />
          <Button
            block
            kind="secondary"
            onTap={() => page.judge(page.typed)}
            disabled={page.typed.trim() === ''}
            reason={page.typed.trim() === '' ? t.nothingTyped : undefined}
          >
            {t.check}
          </Button>
        </Section>
      </Fold>
    </Screen>
  )
}

export default page({
  link: (params) => readLink(params, [], ['code']),
  title: (language) => texts[language].title,
  view: VerifyPage,
})
