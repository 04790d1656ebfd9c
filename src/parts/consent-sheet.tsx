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

type Answer = (answer: PrivacyResult) => void

/** Who waits for an answer. One question at a time: the host asks again for the next capability. */
const question = createStore<{ answer: Answer | null }>(() => ({ answer: null }))

/** Begins to listen for capabilities that need consent. Called once, by the app. */
export function listenForConsent(): () => void {
  return platform.privacy.onNeeded(
    () =>
      new Promise<PrivacyResult>((resolve) => {
        question.getState().answer?.('disagree')
        question.setState({ answer: resolve })
      }),
  )
}

/** The one sheet that asks for consent, on whichever page is shown when it is needed. */
export function ConsentSheet() {
  const t = useText(consent)
  const answer = useWhileVisible(question, (state) => state.answer)
  if (!answer) return null
  const say = (said: PrivacyResult) => {
    question.setState({ answer: null })
    answer(said)
  }
  const { id, openType } = platform.privacy.agreeButton
  const readMore = async () => {
    const { openPolicy } = platform.privacy
    if (openPolicy) return openPolicy()
    say('disagree')
    return go(routes.privacy())
  }
  return (
    <Sheet
      open
      title={t.title}
      onClose={() => say('disagree')}
      footer={
        <>
          <View className="button-place button-place--block">
            <HostButton
              id={id}
              className="button button--primary button--m"
              hoverClass="button--press"
              {...a11y({ role: 'button' })}
              // Where the host has a button type of its own, it must hear of the tap first: the answer follows its event.
              {...(openType
                ? { openType, onAgreePrivacyAuthorization: () => say('agree') }
                : { onClick: () => say('agree') })}
            >
              {t.agree}
            </HostButton>
          </View>
          <Button block kind="secondary" onTap={() => say('disagree')}>
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
