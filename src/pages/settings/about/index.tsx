import { guarded } from '@/components/guarded'
import { KeyValue } from '@/components/key-value'
import { Screen } from '@/components/screen'
import { Card, Section } from '@/components/section'
import { usePageTitle } from '@/lifecycle/use-page-title'
import { useText } from '@/text'
import { home } from '@/text/home'
import { settings } from '@/text/settings'

function AboutPage() {
  const words = useText(settings)
  const { appName } = useText(home)
  usePageTitle(words.about)
  return (
    <Screen title={appName} lead={words.aboutText}>
      <Section>
        <Card>
          <KeyValue rows={[{ label: words.version, value: APP_VERSION, copy: true }]} />
        </Card>
      </Section>
      <Section title={words.promises}>
        <Card icon="wallet" title={words.money}>
          {words.promiseMoney}
        </Card>
        <Card icon="calendar-check" title={words.slots}>
          {words.promiseSlots}
        </Card>
        <Card icon="users" title={words.access}>
          {words.promiseAccess}
        </Card>
      </Section>
      <Section title={words.licence} note={words.licenceText} />
    </Screen>
  )
}

export default guarded(AboutPage)
