import { View } from '@tarojs/components'
import { memo } from 'react'
import { a11y } from './a11y'
import './month.scss'

export interface MonthDay {
  day: string
  /** The figure in the square. */
  date: string
  /** Beneath it, short: how many are left, or why none is. */
  note?: string | undefined
  noteTone?: 'warn' | undefined
  /** For screen readers: the day and its note in full. */
  label: string
  /** None left: a tap explains it. */
  off?: boolean
}

interface Props {
  title: string
  /** From Monday to Sunday. */
  weekdays: readonly string[]
  /** Null where a square belongs to another month; without `note` it lies outside of what can be chosen. */
  weeks: readonly (readonly (MonthDay | null)[])[]
  value: string | null
  onChange: (day: string) => void
}

/** A month of days to choose from. */
export const Month = memo(function Month({ title, weekdays, weeks, value, onChange }: Props) {
  return (
    <View className="month" {...a11y({ role: 'radiogroup', label: title })}>
      <View className="month__title">{title}</View>
      <View className="month__week" {...a11y({ hidden: true })}>
        {weekdays.map((name) => (
          <View key={name} className="month__head">
            {name}
          </View>
        ))}
      </View>
      {weeks.map((week, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: weeks of a month have no other name
        <View key={index} className="month__week">
          {week.map((day, index) => {
            // biome-ignore lint/suspicious/noArrayIndexKey: squares neither
            if (day === null) return <View key={index} className="month__day" />
            if (day.note === undefined)
              return (
                <View key={day.day} className="month__day month__day--out" {...a11y({ hidden: true })}>
                  {day.date}
                </View>
              )
            const on = day.day === value
            return (
              <View
                compileMode
                key={day.day}
                className={`month__day month__day--in${on ? ' month__day--on' : ''}${day.off ? ' month__day--off' : ''}${day.noteTone ? ' month__day--few' : ''}`}
                hoverClass="press"
                onClick={() => onChange(day.day)}
                role="radio"
                aria-role="radio"
                aria-label={day.label}
                aria-checked={on}
              >
                <View className="month__date">{day.date}</View>
                <View className="month__note">{day.note}</View>
              </View>
            )
          })}
        </View>
      ))}
    </View>
  )
})
