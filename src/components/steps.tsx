import { View } from '@tarojs/components'
import { useJoin, useText } from '@/text'
import { terms } from '@/text/terms'
import { a11y } from './a11y'
import './icon.scss'
import './steps.scss'

export interface Step {
  title: string
  state: 'done' | 'current' | 'todo' | 'failed'
  time?: string | undefined
  note?: string | undefined
}

const spoken = { done: 'stepDone', current: 'stepCurrent', todo: 'stepTodo', failed: 'stepFailed' } as const

/** What happened, what is happening and what comes, from top to bottom. */
export function Steps(props: { steps: readonly Step[]; label: string }) {
  const t = useText(terms)
  const join = useJoin()
  return (
    <View className="steps" {...a11y({ role: 'list', label: props.label })}>
      {props.steps.map((step) => (
        <View
          compileMode
          key={`${step.title} ${step.time}`}
          className={`steps__one steps__one--${step.state}`}
          role="listitem"
          aria-role="listitem"
          aria-label={join([t[spoken[step.state]], step.title, step.time, step.note])}
        >
          <View className="steps__rail">
            <View className="steps__dot">
              {step.state === 'done' && <View className="icon icon-check icon--s" aria-hidden />}
              {step.state === 'failed' && <View className="icon icon-x icon--s" aria-hidden />}
            </View>
            <View className="steps__line" />
          </View>
          <View className="steps__body">
            <View className="steps__title">{step.title}</View>
            {!!step.time && <View className="steps__time">{step.time}</View>}
            {!!step.note && <View className="steps__note">{step.note}</View>}
          </View>
        </View>
      ))}
    </View>
  )
}
