import { View } from '@tarojs/components'
import { useText } from '@/text'
import { common } from '@/text/common'
import { a11y } from './a11y'
import { Icon } from './icon'
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
  const words = useText(common)
  return (
    <View className="steps" {...a11y({ role: 'list', label: props.label })}>
      {props.steps.map((step) => (
        <View
          key={`${step.title} ${step.time}`}
          className={`steps__one steps__one--${step.state}`}
          {...a11y({
            role: 'listitem',
            label: [words[spoken[step.state]], step.title, step.time, step.note].filter(Boolean).join('，'),
          })}
        >
          <View className="steps__rail">
            <View className="steps__dot">
              {step.state === 'done' && <Icon name="check" size="s" />}
              {step.state === 'failed' && <Icon name="x" size="s" />}
            </View>
            <View className="steps__line" />
          </View>
          <View className="steps__body">
            <View className="steps__title">{step.title}</View>
            {step.time && <View className="steps__time">{step.time}</View>}
            {step.note && <View className="steps__note">{step.note}</View>}
          </View>
        </View>
      ))}
    </View>
  )
}
