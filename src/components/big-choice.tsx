import { View } from '@tarojs/components'
import { memo } from 'react'
import type { IconName, Tone } from './icon'
import { useOnce } from './once'
import './icon.scss'
import './big-choice.scss'

interface Props {
  icon: IconName
  title: string
  /** What is to be known about it: a sum, a time, a number. */
  note?: string | undefined
  tone?: Tone | undefined
  id: string
  onTap: (id: string) => unknown
}

/** One of the few things to do on a page of elder mode: as wide as the page, with its state beneath its name. */
export const BigChoice = memo(function BigChoice({ icon, title, note, tone, id, onTap }: Props) {
  const tap = useOnce(onTap)
  return (
    <View compileMode className="big" hoverClass="press" onClick={() => tap(id)} role="button" aria-role="button">
      <View className="big__sign">
        <View className={`icon icon-${icon} icon--xl`} aria-hidden />
      </View>
      <View className="big__body">
        <View className="big__title">{title}</View>
        {!!note && <View className={`big__note tone-${tone ?? 'quiet'}`}>{note}</View>}
      </View>
      <View className="icon icon-chevron-right icon--m tone-quiet" aria-hidden />
    </View>
  )
})
