import { View } from '@tarojs/components'
import { useEffect, useRef, useState } from 'react'
import { countdownTo, type Instant } from '@/domain/time'
import { useText } from '@/text'
import { terms } from '@/text/terms'
import { a11y } from './a11y'
import { usePageVisible } from './actions'
import { Icon } from './icon'
import './countdown.scss'

interface Props {
  /** Of the server. */
  deadline: Instant
  /** The server's now in milliseconds: `serverNow(clock, Date.now())`, never the phone's alone. */
  now: () => number
  /** Once, when the time is up. */
  onEnd?: (() => void) | undefined
  /** What runs out; before the figure. */
  label?: string | undefined
}

/** mm:ss until a deadline. Only this text re-renders each second, and nothing while the page is hidden. */
export function Countdown({ deadline, now, onEnd, label }: Props) {
  const t = useText(terms)
  const visible = usePageVisible()
  const [left, setLeft] = useState(() => countdownTo(deadline, now()))
  const latest = useRef({ now, onEnd })
  latest.current = { now, onEnd }

  useEffect(() => {
    if (!visible) return
    let timer: ReturnType<typeof setTimeout> | undefined
    const tick = () => {
      const at = latest.current.now()
      const next = countdownTo(deadline, at)
      setLeft((before) => (before.text === next.text ? before : next))
      if (next.over) latest.current.onEnd?.()
      // to the next whole second of the server's, so that two countdowns on one page step together
      else timer = setTimeout(tick, 1000 - (at % 1000) + 5)
    }
    tick()
    return () => clearTimeout(timer)
  }, [deadline, visible])

  const seconds = left.minutes * 60 + left.seconds
  const last = seconds <= 60
  return (
    <View className={last ? 'countdown countdown--last' : 'countdown'} {...a11y({ role: 'timer' })}>
      <Icon name="clock" size="s" />
      {label && <View className="countdown__label">{label}</View>}
      <View className="countdown__figure">{left.text}</View>
      {/* read aloud once in the last minute and at the end, not each second */}
      <View className="unseen" {...a11y({ role: 'status', live: 'polite' })}>
        {left.over ? t.timeUp : last ? t.oneMinuteLeft : ''}
      </View>
    </View>
  )
}
