import { View } from '@tarojs/components'
import { a11y } from './a11y'
import { Icon, type IconName } from './icon'
import './cell.scss'
import './switch.scss'

interface Props {
  title: string
  note?: string | undefined
  icon?: IconName
  on: boolean
  onChange: (on: boolean) => void
  disabled?: boolean
}

/** A setting that is on or off: a line in a group of cells, tappable as a whole. */
export function SwitchCell({ title, note, icon, on, onChange, disabled }: Props) {
  return (
    <View
      className="cell"
      hoverClass={disabled ? 'none' : 'press'}
      onClick={() => {
        if (!disabled) onChange(!on)
      }}
      {...a11y({ role: 'switch', checked: on, disabled: disabled === true })}
    >
      {icon && <Icon name={icon} size="l" tone="brand" />}
      <View className="cell__body">
        <View className="cell__title">{title}</View>
        {note && <View className="cell__note">{note}</View>}
      </View>
      <View className={on ? 'switch switch--on' : 'switch'} {...a11y({ hidden: true })}>
        <View className="switch__knob" />
      </View>
    </View>
  )
}
