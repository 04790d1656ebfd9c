import { KeyValue } from '@/components/key-value'
import { Screen } from '@/components/screen'
import { Card, Section } from '@/components/section'
import { page } from '@/parts/page'
import { useText } from '@/text'
import { home } from '@/text/home'
import { settings } from '@/text/settings'

function AboutPage() {
  const t = useText(settings)
  const { appName } = useText(home)
  return (
    <Screen title={appName} lead={t.aboutText}>
      <Section>
        <Card>
          <KeyValue rows={[{ label: t.version, value: APP_VERSION, copy: true }]} />
        </Card>
      </Section>
      <Section title={t.promises}>
        <Card icon="wallet" title={t.money}>
          {t.promiseMoney}
        </Card>
        <Card icon="calendar-check" title={t.slots}>
          {t.promiseSlots}
        </Card>
        <Card icon="users" title={t.access}>
          {t.promiseAccess}
        </Card>
      </Section>
      <Section title={t.licence} note={t.licenceText} />
    </Screen>
  )
}

export default page({ title: (language) => settings[language].about, view: AboutPage })
