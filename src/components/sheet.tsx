import { ScrollView, View } from '@tarojs/components'
import type { ReactNode } from 'react'
import { useText } from '@/text'
import { terms } from '@/text/terms'
import { a11y } from './a11y'
import { Icon } from './icon'
import './sheet.scss'

interface Props {
  open: boolean
  title: string
  onClose: () => void
  children?: ReactNode
  /** Actions that stay at its bottom. */
  footer?: ReactNode
}

/** Something more, from the bottom of the screen. The page beneath does not scroll and is not read. */
export function Sheet({ open, title, onClose, children, footer }: Props) {
  const t = useText(terms)
  if (!open) return null
  return (
    <View className="veil veil--bottom" catchMove>
      <View className="veil__ground" onClick={onClose} {...a11y({ hidden: true })} />
      <View className="sheet" {...a11y({ role: 'dialog', modal: true, label: title })}>
        <View className="sheet__head">
          <View className="sheet__title" {...a11y({ role: 'heading' })}>
            {title}
          </View>
          <View
            className="sheet__close"
            hoverClass="press"
            onClick={onClose}
            {...a11y({ role: 'button', label: t.close })}
          >
            <Icon name="x" size="l" />
          </View>
        </View>
        <ScrollView scrollY className="sheet__body">
          <View className="sheet__inside">{children}</View>
        </ScrollView>
        {footer && <View className="sheet__foot">{footer}</View>}
      </View>
    </View>
  )
}
