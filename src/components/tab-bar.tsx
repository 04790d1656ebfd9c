import { View } from '@tarojs/components'
import { a11y } from './a11y'
import { Icon, type IconName } from './icon'
import './tab-bar.scss'

export interface PageTab {
  readonly icon: IconName
  readonly label: string
  readonly isShown: boolean
  readonly open: () => unknown
}

/** The tabs of elder mode: the hosts' own have text of 10 dp, which cannot be changed. */
export function TabBar({ tabs }: { tabs: readonly PageTab[] }) {
  return (
    <View className="tab-bar" {...a11y({ role: 'tablist' })}>
      {tabs.map(({ icon, label, isShown, open }) => (
        <View
          key={icon}
          className={isShown ? 'tab-bar__one tab-bar__one--on' : 'tab-bar__one'}
          hoverClass="press"
          onClick={open}
          {...a11y({ role: 'tab', selected: isShown })}
        >
          <Icon name={icon} size="l" />
          {label}
        </View>
      ))}
    </View>
  )
}
