import { View } from '@tarojs/components'
import { a11y } from './a11y'
import './tabs.scss'

export interface TabItem<K extends string = string> {
  key: K
  label: string
  /** A figure behind the label. */
  count?: number | undefined
}

interface Props<K extends string> {
  items: readonly TabItem<K>[]
  value: K
  onChange: (key: K) => void
  /** What the tabs choose between. */
  label: string
}

/** More than these may not fit beside each other. */
const mostShown = 4

/** Parts of one page. They scroll sideways when there are many. */
export function Tabs<K extends string>({ items, value, onChange, label }: Props<K>) {
  return (
    <View className={items.length > mostShown ? 'tabs tabs--many' : 'tabs'} {...a11y({ role: 'tablist', label })}>
      {items.map((item) => (
        <View
          compileMode
          key={item.key}
          className={item.key === value ? 'tabs__one tabs__one--on' : 'tabs__one'}
          onClick={() => {
            if (item.key !== value) onChange(item.key)
          }}
          role="tab"
          aria-role="tab"
          aria-selected={item.key === value}
        >
          {item.label}
          {item.count !== undefined && <View className="tabs__count">{item.count}</View>}
        </View>
      ))}
    </View>
  )
}

/** Two to four ways of seeing one thing, each as wide as the others. */
export function Segmented<K extends string>({ items, value, onChange, label }: Props<K>) {
  return (
    <View className="segmented" {...a11y({ role: 'radiogroup', label })}>
      {items.map((item) => (
        <View
          compileMode
          key={item.key}
          className={item.key === value ? 'segmented__one segmented__one--on' : 'segmented__one'}
          onClick={() => {
            if (item.key !== value) onChange(item.key)
          }}
          role="radio"
          aria-role="radio"
          aria-checked={item.key === value}
        >
          {item.label}
          {item.count !== undefined && <View className="tabs__count">{item.count}</View>}
        </View>
      ))}
    </View>
  )
}
