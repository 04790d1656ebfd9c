import { View } from '@tarojs/components'
import { useJoin } from '@/text'
import { a11y } from './a11y'
import { Icon } from './icon'
import './stars.scss'

interface Props {
  /** What is rated. */
  label: string
  /** From 1 to 5; 0 before anything is chosen. */
  value: number
  /** What a number of stars means, from one star to five: read aloud, and shown for the chosen one. */
  names: readonly string[]
  /** Without it the stars are only shown. */
  onChange?: ((stars: number) => void) | undefined
}

/** One to five stars, each with its meaning. */
export function Stars({ label, value, names, onChange }: Props) {
  const join = useJoin()
  const name = names[value - 1]
  return (
    <View className="stars">
      <View
        className="stars__row"
        {...a11y(onChange ? { role: 'radiogroup', label } : { role: 'img', label: join([label, name]) })}
      >
        {names.map((name, index) => (
          <View
            key={name}
            className={index < value ? 'stars__one stars__one--on' : 'stars__one'}
            onClick={() => onChange?.(index + 1)}
            {...(onChange
              ? a11y({ role: 'radio', label: name, checked: index + 1 === value })
              : a11y({ hidden: true }))}
          >
            <Icon name="star" size="l" />
          </View>
        ))}
      </View>
      {name && <View className="stars__name">{name}</View>}
    </View>
  )
}
