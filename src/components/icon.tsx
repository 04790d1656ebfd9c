import { View } from '@tarojs/components'
import { a11y } from './a11y'
import type { IconName } from './icons.gen'
import './icon.scss'

export type { IconName }
export type Tone = 'ink' | 'quiet' | 'brand' | 'ok' | 'warn' | 'bad' | 'info'

interface Props {
  name: IconName
  /** s 16, m 20, l 24, xl 32 dp; larger in elder mode. */
  size?: 's' | 'm' | 'l' | 'xl'
  tone?: Tone
  /** Say it only when no text beside it does. */
  label?: string
}

export function Icon({ name, size = 'm', tone, label }: Props) {
  const look = `icon icon-${name} icon--${size}${tone ? ` tone-${tone}` : ''}`
  return <View className={look} {...(label ? a11y({ role: 'img', label }) : a11y({ hidden: true }))} />
}
