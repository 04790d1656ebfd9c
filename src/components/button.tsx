import { Button, View } from '@tarojs/components'
import { type ReactNode, useEffect, useState } from 'react'
import { useJoin, useText } from '@/text'
import { terms } from '@/text/terms'
import { usePageVisible } from './actions'
import type { IconName } from './icon'
import { useOnce } from './once'
import './icon.scss'
import './button.scss'

interface Props {
  children: string
  /** The button is busy until a returned promise settles; further taps do nothing. */
  onTap?: (() => unknown) | undefined
  kind?: 'primary' | 'secondary' | 'quiet' | 'danger'
  size?: 's' | 'm'
  icon?: IconName
  /** As wide as its parent. */
  block?: boolean
  /** Busy for a reason of the page's own. */
  loading?: boolean | undefined
  disabled?: boolean | undefined
  /** Why it is disabled; shown beneath it. */
  reason?: string | undefined
  /** For screen readers, when the text alone is not clear. */
  label?: string | undefined
}

function OurButton(props: Props) {
  const { children, onTap, kind = 'primary', size = 'm', icon, block, loading, disabled, reason, label } = props
  const t = useText(terms)
  const join = useJoin()
  const [pending, setPending] = useState(false)
  const tap = useOnce(onTap, setPending)
  const busy = loading || pending
  const still = disabled === true || busy
  const note = useSlow(busy === true) ? t.stillBusy : disabled ? reason : undefined
  // Host's views only, and no spreading, for `compileMode`. Its text is its label, unless there is more to read out.
  return (
    <View compileMode className={block ? 'button-place button-place--block' : 'button-place'}>
      <Button
        className={`button button--${kind} button--${size}${disabled ? ' button--off' : ''}`}
        hoverClass={still ? 'none' : 'button--press'}
        onClick={() => {
          if (!still) tap()
        }}
        role="button"
        aria-role="button"
        aria-label={busy ? join([label ?? children, t.busy]) : label}
        aria-disabled={still}
      >
        {!!busy && <View className="button__turn" aria-hidden />}
        {!!icon && !busy && <View className={`icon icon-${icon} icon--m`} aria-hidden />}
        <View className="button__words">{children}</View>
      </Button>
      {!!note && <View className="button__reason">{note}</View>}
    </View>
  )
}

/** After so long the button shows that it is still working. */
const patientMs = 3_000

/** True once it has been busy for a while on a visible page. */
function useSlow(isBusy: boolean): boolean {
  const isVisible = usePageVisible()
  const [isSlow, setSlow] = useState(false)
  useEffect(() => {
    if (!isVisible) return
    if (!isBusy) return setSlow(false)
    const timer = setTimeout(() => setSlow(true), patientMs)
    return () => clearTimeout(timer)
  }, [isBusy, isVisible])
  return isBusy && isSlow
}

/** `compileMode` knows the host's button by that very name, so in here it is not ours. */
export { OurButton as Button }

/** Buttons side by side; one above the other when they do not fit. */
export function ButtonRow(props: { children: ReactNode }) {
  return <View className="button-row">{props.children}</View>
}
