import { View } from '@tarojs/components'
import { a11y } from '@/components/a11y'
import './booking.scss'

/** What the visit is about and where it goes, at the top of a page. Long names end in an ellipsis; they were read before. */
export function VisitHead({ title, note }: { title: string; note: string }) {
  return (
    <View className="visit-head">
      <View className="visit-head__title" {...a11y({ role: 'heading' })}>
        {title}
      </View>
      <View className="visit-head__note">{note}</View>
    </View>
  )
}
