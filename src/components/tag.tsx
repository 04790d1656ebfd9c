import { View } from '@tarojs/components'
import type { IconName } from './icon'
import { Icon } from './icon'
import './tag.scss'

export type TagTone = 'plain' | 'brand' | 'ok' | 'warn' | 'bad' | 'info'

interface Props {
  tone?: TagTone
  icon?: IconName
  children: string
}

/** A state in a word or two. */
export function Tag({ tone = 'plain', icon, children }: Props) {
  return (
    <View className={`tag tag--${tone}`}>
      {icon && <Icon name={icon} size="s" />}
      {children}
    </View>
  )
}
