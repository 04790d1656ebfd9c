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
import { useText } from '@/text'
import { consent } from '@/text/parts/consent'

/** The question on the screen. One at a time: the host asks again for the next capability. */
const question = createStore<{ resolve: ((result: PrivacyResult) => void) | null }>(() => ({ resolve: null }))

/** Begins to listen for capabilities that need consent. Called once, by the app. */
export function listenForConsent(): () => void {
  return platform.privacy.onNeeded(
    () =>
      new Promise<PrivacyResult>((resolve) => {
        question.getState().resolve?.('disagree')
        question.setState({ resolve })
      }),
  )
}

/** The one sheet that asks for consent, on whichever page is shown when it is needed. */
export function ConsentSheet() {
  const t = useText(consent)
  const resolve = useWhileVisible(question, (state) => state.resolve)
  if (!resolve) return null
  const decide = (result: PrivacyResult) => {
    question.setState({ resolve: null })
    resolve(result)
  }
  const { id, openType } = platform.privacy.agreeButton
  const readMore = async () => {
    const { openPolicy } = platform.privacy
    if (openPolicy) return openPolicy()
    decide('disagree')
    return go(routes.privacy())
  }
  return (
    <Sheet
      open
      title={t.title}
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
      <View>{t.text}</View>
      <View>{t.without}</View>
      <Button block kind="quiet" onTap={readMore}>
        {t.more}
      </Button>
    </Sheet>
  )
}
