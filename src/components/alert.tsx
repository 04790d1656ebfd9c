import { View } from '@tarojs/components'
import type { ReactNode } from 'react'
import { useText } from '@/text'
import { terms } from '@/text/terms'
import { a11y } from './a11y'
import { Icon, type IconName } from './icon'
import { useOnce } from './once'
import './icon.scss'
import './alert.scss'

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
export function Alert({ tone = 'info', title, children, icon, action, onAction, onClose, live }: Props) {
  const t = useText(terms)
  const act = useOnce(onAction)
  return (
    <View className={`alert alert--${tone}`} {...(live && a11y({ role: 'alert', live: 'assertive' }))}>
      <View compileMode className="alert__sign" role="img" aria-role="img" aria-label={t.tone[tone]}>
        <View className={`icon icon-${icon ?? icons[tone]} icon--m`} aria-hidden />
      </View>
      <View className="alert__body">
        {title && <View className="alert__title">{title}</View>}
        {children && <View className={title ? 'alert__text' : 'alert__text alert__text--alone'}>{children}</View>}
        {action && (
          <View className="alert__action" onClick={() => act()} {...a11y({ role: 'button' })}>
            {action}
          </View>
        )}
      </View>
      {onClose && (
        <View className="alert__close" onClick={onClose} {...a11y({ role: 'button', label: t.close })}>
          <Icon name="x" />
        </View>
      )}
    </View>
  )
}

/**
 * How old the content is. `old`: refreshing it failed, offline or otherwise. `time` comes from `formatAge`.
 */
export function AsOf(props: {
  time: string
  old?: false | 'offline' | 'failed' | undefined
  onRefresh?: (() => unknown) | undefined
}) {
  const t = useText(terms)
  const refresh = useOnce(props.onRefresh)
  const { old, time } = props
  const text = old === 'offline' ? t.asOfOffline(time) : old ? t.asOfFailed(time) : t.asOf(time)
  return (
    <View compileMode className={old ? 'as-of as-of--old' : 'as-of'} role="status" aria-role="status">
      <View className={`icon icon-${old ? 'wifi-off' : 'clock'} icon--s`} aria-hidden />
      <View>{text}</View>
      {!!props.onRefresh && (
        <View className="as-of__refresh" onClick={() => refresh()} role="button" aria-role="button">
          {t.refresh}
        </View>
      )}
    </View>
  )
}
