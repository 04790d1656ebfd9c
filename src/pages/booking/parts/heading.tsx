import { View } from '@tarojs/components'
import { a11y } from '@/components/a11y'
import './booking.scss'

/** What a page is about and at which hall. Long names end in an ellipsis: they were read before. */
export function Heading({ title, note }: { title: string; note: string }) {
  return (
    <View>
      <View className="heading__title" {...a11y({ role: 'heading' })}>
        {title}
      </View>
      <View className="heading__note">{note}</View>
    </View>
  )
}
