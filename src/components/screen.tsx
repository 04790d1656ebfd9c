import { View } from '@tarojs/components'
import type { ReactNode } from 'react'
import { useLanguage } from '@/text'
import { fontScale, themeClass, useTheme } from '@/theme/theme'
import { a11y } from './a11y'
import { useActions } from './actions'
import { TabBar } from './tab-bar'
import '../theme/index.scss'
import './screen.scss'

interface Props {
  /** The page's own heading, below the host's bar. */
  title?: string | undefined
  lead?: string | undefined
  /** Instead of title and lead, or beneath them: a search bar, a city. */
  header?: ReactNode
  /** Actions that stay at the bottom. */
  footer?: ReactNode
  /** No space at the sides: for lists that run from edge to edge. */
  bleed?: boolean
  children?: ReactNode
}

const noTabs = () => null

/** The root of every page: carries the theme, keeps the safe area free. */
export function Screen({ title, lead, header, footer, bleed, children }: Props) {
  const theme = useTheme()
  const language = useLanguage()
  const scale = fontScale(theme)
  const { Overlay, Reading, useTabs = noTabs } = useActions()
  const tabs = useTabs()
  const foot = footer && <View className="screen__foot">{footer}</View>
  return (
    <View
      className={`${themeClass(theme)}${language === 'en' ? ' screen--en' : ''}`}
      {...(scale !== 1 && { style: { '--scale': scale } })}
    >
      {(title || header) && (
        <View className="screen__head">
          {title && (
            <View className="screen__title" {...a11y({ role: 'heading' })}>
              {title}
            </View>
          )}
          {lead && <View className="screen__lead">{lead}</View>}
          {header && <View className="screen__more">{header}</View>}
        </View>
      )}
      <View className={bleed ? 'screen__body screen__body--bleed' : 'screen__body'}>
        {Reading && <Reading />}
        {children}
      </View>
      {tabs ? (
        <View className="screen__bottom">
          {foot}
          <TabBar tabs={tabs} />
        </View>
      ) : (
        foot
      )}
      {Overlay && <Overlay />}
    </View>
  )
}
