import { Textarea, View } from '@tarojs/components'
import { useState } from 'react'
import { lengthOf } from '@/domain/typed'
import { useJoin } from '@/text'
import { a11y } from './a11y'
import { Icon } from './icon'
import './text-area.scss'

interface Props {
  label: string
  value: string
  onChange: (value: string) => void
  /** Characters; more may be typed, with a warning. The host counts UTF-16 halves. */
  maxLength: number
  hint?: string | undefined
  /** What is wrong and how to put it right; announced when it appears. */
  error?: string | undefined
  placeholder?: string | undefined
}

/** Several lines to type. Looks like `Field`. */
export function TextArea({ label, value, onChange, maxLength, hint, error, placeholder }: Props) {
  const [focused, setFocused] = useState(false)
  const join = useJoin()
  return (
    <View className="field">
      <View className="field__label">{label}</View>
      {hint && <View className="field__hint">{hint}</View>}
      <View {...a11y({ role: 'alert', live: 'assertive' })}>
        {error && (
          <View className="field__error">
            <Icon name="alert-circle" size="s" />
            <View>{error}</View>
          </View>
        )}
      </View>
      <View className={`field__box${focused ? ' field__box--focus' : ''}${error ? ' field__box--bad' : ''}`}>
        <Textarea
          className="text-area"
          placeholderClass="field__placeholder"
          value={value}
          maxlength={maxLength * 4}
          placeholder={placeholder ?? ''}
          onInput={(event) => onChange(event.detail.value)}
          onFocus={() => setFocused(true)}
          onBlur={() => setFocused(false)}
          {...a11y({ label: join([label, hint, error]) })}
        />
      </View>
      <View className="text-area__count" {...a11y({ hidden: true })}>{`${lengthOf(value)}/${maxLength}`}</View>
    </View>
  )
}
