import { View } from '@tarojs/components'
import type { Answered } from '@/domain/consistency'
import { useText } from '@/text'
import { terms } from '@/text/terms'
import { a11y } from './a11y'
import { useActions } from './actions'
import { Button } from './button'
import { CopyButton } from './copy-button'
import { Icon, type IconName } from './icon'
import './icon.scss'
import './empty.scss'

interface Props {
  icon: IconName
  title: string
  text?: string | undefined
  action?: string | undefined
  onAction?: (() => unknown) | undefined
  /** A dead end: elder mode offers the telephone. */
  deadEnd?: boolean
}

const noHotline = () => null

function CallButton({ number }: { number: string }) {
  const t = useText(terms)
  const { call } = useActions()
  return (
    <Button block kind="secondary" icon="phone" onTap={() => call?.(number)}>
      {`${t.call} ${number}`}
    </Button>
  )
}

/**
 * There is nothing, and what to do about it. Only a fresh response proves that: `answered`, see `Nothing`. Never for an error.
 */
export function Empty({ answered: _proof, ...message }: Props & { answered: Answered }) {
  return <Message {...message} />
}

/** A page or a part of it with one message: where to begin, what was done. Not for a list without items: see `Empty`. */
export function Message({ icon, title, text, action, onAction, deadEnd }: Props) {
  const { useHotline = noHotline } = useActions()
  const hotline = useHotline()
  return (
    <View className="empty">
      <View compileMode className="empty__sign">
        <View className={`icon icon-${icon} icon--xl`} aria-hidden />
      </View>
      <View className="empty__title" {...a11y({ role: 'heading' })}>
        {title}
      </View>
      {text && <View className="empty__text">{text}</View>}
      {action && (
        <View className="empty__actions">
          <Button kind="secondary" onTap={onAction}>
            {action}
          </Button>
        </View>
      )}
      {deadEnd && hotline && (
        <View className="empty__actions">
          <CallButton number={hotline} />
        </View>
      )}
    </View>
  )
}

interface ErrorProps {
  /** What happened, in a citizen's words. */
  title: string
  /** Where the money is, whether the slot is safe, what to do now. */
  text: string
  icon?: IconName
  requestId?: string | undefined
  /** The service's telephone number. */
  phone?: string | undefined
  onRetry?: (() => unknown) | undefined
  /** Offer the way home. */
  home?: boolean
}

/** Something went wrong, and what to do now. */
export function ErrorState({ title, text, icon = 'alert-circle', requestId, phone, onRetry, home }: ErrorProps) {
  const t = useText(terms)
  const actions = useActions()
  const { useHotline = noHotline } = actions
  const hotline = useHotline()
  const number = phone ?? hotline
  return (
    <View className="empty" {...a11y({ role: 'alert', live: 'assertive' })}>
      <View className="empty__sign empty__sign--bad">
        <Icon name={icon} size="xl" />
      </View>
      <View className="empty__title" {...a11y({ role: 'heading' })}>
        {title}
      </View>
      <View className="empty__text">{text}</View>
      <View className="empty__actions">
        {onRetry && (
          <Button block onTap={onRetry}>
            {t.retry}
          </Button>
        )}
        {home && actions.home && (
          <Button block kind={onRetry ? 'secondary' : 'primary'} onTap={actions.home}>
            {t.home}
          </Button>
        )}
        {number && actions.call && <CallButton number={number} />}
      </View>
      {requestId && (
        <View className="empty__request">
          <View className="empty__hint">{t.requestIdHint}</View>
          <View className="empty__code">{requestId}</View>
          <CopyButton text={requestId} label={t.requestId} />
        </View>
      )}
    </View>
  )
}
