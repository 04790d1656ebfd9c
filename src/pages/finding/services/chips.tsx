import { View } from '@tarojs/components'
import './chips.scss'

interface Props {
  items: readonly { readonly id: string; readonly label: string }[]
  onTap: (id: string) => unknown
}

/** Short words side by side, in as many lines as they need. */
export function Chips({ items, onTap }: Props) {
  return (
    <View className="chips">
      {items.map(({ id, label }) => (
        <View
          compileMode
          key={id}
          className="chips__one"
          hoverClass="press"
          onClick={() => onTap(id)}
          role="button"
          aria-role="button"
        >
          {label}
        </View>
      ))}
    </View>
  )
}
