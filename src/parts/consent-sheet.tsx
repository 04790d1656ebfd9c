import { Button as HostButton, View } from '@tarojs/components'
import { createStore } from 'zustand'
import { a11y } from '@/components/a11y'
import { Button } from '@/components/button'
import { Sheet } from '@/components/sheet'
import { go } from '@/lifecycle/go'
import { useWhileVisible } from '@/lifecycle/use-visible'
import { platform } from '@/platform'
import type { PrivacyResult } from '@/platform/types'
import { routes } from '@/routes'
import { services } from '@/services'
import type { ConsentNeed } from '@/services/consent-call'
import { useText } from '@/text'
import { consent } from '@/text/parts/consent'

interface Question {
  readonly resolve: ((result: PrivacyResult) => void) | null
  /** What a city asks for; null when it is the host. */
  readonly need: ConsentNeed | null
}

/** The question on the screen. One at a time: the host, or the city, asks again for the next one. */
const question = createStore<Question>(() => ({ resolve: null, need: null }))

const ask = (need: ConsentNeed | null) =>
  new Promise<PrivacyResult>((resolve) => {
    question.getState().resolve?.('disagree')
    question.setState({ resolve, need })
  })

/** Begins to listen for capabilities, and for calls to cities, that need consent. Called once, by the app. */
export function listenForConsent(): () => void {
  const stop = platform.privacy.onNeeded(() => ask(null))
  const stopCities = services.onConsentNeeded((_city, need) => ask(need).then((answer) => answer === 'agree'))
  return () => {
    stop()
    stopCities()
  }
}

/** The one sheet that asks for consent, on whichever page is shown when it is needed. */
export function ConsentSheet() {
  const t = useText(consent)
  const { resolve, need } = useWhileVisible(question, (state) => state)
  if (!resolve) return null
  const decide = (result: PrivacyResult) => {
    question.setState({ resolve: null, need: null })
    resolve(result)
  }
  // The host's own button answers the host only.
  const { id, openType } = need ? { id: 'agree', openType: undefined } : platform.privacy.agreeButton
  const readMore = async () => {
    const { openPolicy } = platform.privacy
    if (openPolicy) return openPolicy()
    decide('disagree')
    return go(routes.privacy())
  }
  return (
    <Sheet
      open
      title={need ? need.text.title : t.title}
      onClose={() => decide('disagree')}
      footer={
        <>
          <View className="button-place button-place--block">
            <HostButton
              id={id}
              className="button button--primary button--m"
              hoverClass="button--press"
              {...a11y({ role: 'button' })}
              // A host with its own button type must get the tap first; the result comes with its event.
              {...(openType
                ? { openType, onAgreePrivacyAuthorization: () => decide('agree') }
                : { onClick: () => decide('agree') })}
            >
              {t.agree}
            </HostButton>
          </View>
          <Button block kind="secondary" onTap={() => decide('disagree')}>
            {t.disagree}
          </Button>
        </>
      }
    >
      {need && need.reason !== 'not-given' && <View>{t.reason[need.reason]}</View>}
      <View>{need ? need.text.purpose : t.text}</View>
      {need && <View>{need.text.text}</View>}
      <View>{need ? `${t.refused}${need.text.without}` : t.without}</View>
      {need && <View className="tone-quiet">{t.version(need.text.version, need.text.sensitive)}</View>}
      {!need && (
        <Button block kind="quiet" onTap={readMore}>
          {t.more}
        </Button>
      )}
    </Sheet>
  )
}
