import { View } from '@tarojs/components'
import type { ReactNode } from 'react'
import { a11y } from './a11y'
import { Icon, type IconName } from './icon'
import { useOnce } from './once'
import './section.scss'

interface Props {
  title?: string | undefined
  /** A word at the end of the title's line, such as "see all". */
  action?: string | undefined
  onAction?: (() => unknown) | undefined
  note?: string | undefined
  children?: ReactNode
}

/** A titled part of a page. */
export function Section({ title, action, onAction, note, children }: Props) {
  const act = useOnce(onAction)
  return (
    <View className="section">
      {title && (
        <View compileMode className="section__head">
          <View className="section__title" role="heading" aria-role="heading">
            {title}
          </View>
          {!!action && (
            <View
              className="section__action"
              hoverClass="section__action--press"
              onClick={() => act()}
              role="button"
              aria-role="button"
              aria-label={`${action} ${title}`}
            >
              {action}
              <View className="icon icon-chevron-right icon--s" aria-hidden />
            </View>
          )}
        </View>
      )}
      {children}
      {note && <View className="section__note">{note}</View>}
    </View>
  )
}

interface CardProps {
  /** No inner space: for cells and grids, which bring their own. */
  flush?: boolean
  icon?: IconName
  title?: string
  children?: ReactNode
}

/** A ground for things that belong together. */
export function Card({ flush, icon, title, children }: CardProps) {
  return (
    <View className={flush ? 'card card--flush' : 'card'}>
      {title && (
        <View className="card__head">
          {icon && <Icon name={icon} tone="brand" />}
          <View className="card__title" {...a11y({ role: 'heading' })}>
            {title}
          </View>
        </View>
      )}
      {children}
    </View>
  )
}
