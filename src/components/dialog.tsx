import { View } from '@tarojs/components'
import type { ReactNode } from 'react'
import { a11y } from './a11y'
import { Button } from './button'
import './sheet.scss'

export interface DialogAction {
  label: string
  onTap: () => unknown
  kind?: 'primary' | 'secondary' | 'quiet' | 'danger'
}

interface Props {
  open: boolean
  title: string
  children?: ReactNode
  /** The main one first. */
  actions: readonly DialogAction[]
}

/** A question that must be decided. It closes by its actions only, never by a stray tap. */
export function Dialog({ open, title, children, actions }: Props) {
  if (!open) return null
  return (
    <View className="veil veil--middle" catchMove>
      <View className="veil__ground" {...a11y({ hidden: true })} />
      <View className="dialog" {...a11y({ role: 'dialog', modal: true, label: title })}>
        <View className="dialog__title" {...a11y({ role: 'heading' })}>
          {title}
        </View>
        {children && <View className="dialog__body">{children}</View>}
        <View className="dialog__actions">
          {actions.map((action, index) => (
            <Button
              key={action.label}
              block
              kind={action.kind ?? (index === 0 ? 'primary' : 'secondary')}
              onTap={action.onTap}
            >
              {action.label}
            </Button>
          ))}
        </View>
      </View>
    </View>
  )
}
