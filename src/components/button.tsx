import { Button as HostButton, View } from '@tarojs/components'
import { type ReactNode, useState } from 'react'
import { useText } from '@/text'
import { common } from '@/text/common'
import { a11y } from './a11y'
import { Icon, type IconName } from './icon'
import { useOnce } from './once'
import './button.scss'

interface Props {
  children: ReactNode
  /** Gives a promise? Then the button is busy until it settles, and further taps do nothing. */
  onTap?: (() => unknown) | undefined
  kind?: 'primary' | 'secondary' | 'quiet' | 'danger'
  size?: 's' | 'm'
  icon?: IconName
  /** As wide as its place. */
  block?: boolean
  /** Busy for a reason of the page's own. */
  loading?: boolean | undefined
  disabled?: boolean | undefined
  /** Why it is disabled; shown beneath it. */
  reason?: string | undefined
  /** For screen readers, when the words alone do not say what it is about. */
  label?: string | undefined
  /** The host's own buttons: sharing, agreeing to the privacy terms, the phone number. */
  host?: Pick<
    React.ComponentProps<typeof HostButton>,
    'id' | 'openType' | 'onAgreePrivacyAuthorization' | 'onGetPhoneNumber'
  >
}

export function Button(props: Props) {
  const { children, onTap, kind = 'primary', size = 'm', icon, block, loading, disabled, reason, label, host } = props
  const words = useText(common)
  const [pending, setPending] = useState(false)
  const tap = useOnce(onTap, setPending)
  const busy = loading || pending
  const still = disabled === true || busy
  const name = label ?? (typeof children === 'string' ? children : undefined)
  return (
    <View className={block ? 'button-place button-place--block' : 'button-place'}>
      <HostButton
        className={`button button--${kind} button--${size}${disabled ? ' button--off' : ''}`}
        hoverClass={still ? 'none' : 'button--press'}
        hoverStayTime={80}
        onClick={() => {
          if (!still) tap()
        }}
        {...a11y({ role: 'button', label: name && busy ? `${name}，${words.busy}` : name, disabled: still })}
        {...(still ? undefined : host)}
      >
        {busy ? <View className="button__turn" {...a11y({ hidden: true })} /> : icon && <Icon name={icon} />}
        <View className="button__words">{children}</View>
      </HostButton>
      {disabled && reason && <View className="button__reason">{reason}</View>}
    </View>
  )
}

/** Buttons side by side; one above the other when they do not fit. */
export function ButtonRow(props: { children: ReactNode }) {
  return <View className="button-row">{props.children}</View>
}
