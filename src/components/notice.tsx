import { View } from '@tarojs/components'
import type { ReactNode } from 'react'
import { useText } from '@/text'
import { common } from '@/text/common'
import { a11y } from './a11y'
import { Icon, type IconName } from './icon'
import { useOnce } from './once'
import './notice.scss'

interface Props {
  tone?: 'info' | 'ok' | 'warn' | 'bad'
  title?: string | undefined
  /** Text, or a few lines. */
  children?: ReactNode
  icon?: IconName
  action?: string | undefined
  onAction?: (() => unknown) | undefined
  onClose?: (() => void) | undefined
  /** Read aloud as it appears. */
  live?: boolean
}

const icons = { info: 'info', ok: 'check-circle', warn: 'alert-triangle', bad: 'alert-circle' } as const

/** Something to know before going on. */
export function Notice({ tone = 'info', title, children, icon, action, onAction, onClose, live }: Props) {
  const words = useText(common)
  const act = useOnce(onAction)
  return (
    <View className={`notice notice--${tone}`} {...(live && a11y({ role: 'alert', live: 'assertive' }))}>
      <View className="notice__sign" {...a11y({ role: 'img', label: words.tone[tone] })}>
        <Icon name={icon ?? icons[tone]} />
      </View>
      <View className="notice__body">
        {title && <View className="notice__title">{title}</View>}
        {children && <View className={title ? 'notice__text' : 'notice__text notice__text--alone'}>{children}</View>}
        {action && (
          <View className="notice__action" onClick={() => act()} {...a11y({ role: 'button' })}>
            {action}
          </View>
        )}
      </View>
      {onClose && (
        <View className="notice__close" onClick={onClose} {...a11y({ role: 'button', label: words.close })}>
          <Icon name="x" />
        </View>
      )}
    </View>
  )
}

/** How fresh what is shown is. `old`: it could not be brought up to date. `time` is made with `formatAge`. */
export function AsOf(props: { time: string; old?: boolean; onRefresh?: (() => unknown) | undefined }) {
  const words = useText(common)
  const refresh = useOnce(props.onRefresh)
  return (
    <View className={props.old ? 'as-of as-of--old' : 'as-of'} {...a11y({ role: 'status' })}>
      <Icon name={props.old ? 'wifi-off' : 'clock'} size="s" />
      <View>{props.old ? words.asOfOld(props.time) : words.asOf(props.time)}</View>
      {props.onRefresh && (
        <View className="as-of__refresh" onClick={() => refresh()} {...a11y({ role: 'button' })}>
          {words.refresh}
        </View>
      )}
    </View>
  )
}
