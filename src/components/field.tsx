import { Input, View } from '@tarojs/components'
import { useMemo, useRef, useState } from 'react'
import { useJoin, useText } from '@/text'
import { terms } from '@/text/terms'
import { a11y } from './a11y'
import { Icon } from './icon'
import './field.scss'

interface Props {
  label: string
  value: string
  onChange: (value: string) => void
  type?: 'text' | 'number' | 'digit' | 'idcard' | 'phone'
  hint?: string | undefined
  /** What is wrong and how to put it right; announced when it appears. */
  error?: string | undefined
  placeholder?: string | undefined
  maxLength?: number | undefined
  optional?: boolean
  disabled?: boolean
  /** Behind the value: 元, 度. */
  unit?: string
  onDone?: (() => unknown) | undefined
  onBlur?: (() => unknown) | undefined
}

const keyboard = { text: 'text', number: 'number', digit: 'digit', idcard: 'idcard', phone: 'number' } as const

/** One thing to type. */
export function Field(props: Props) {
  const {
    label,
    value,
    onChange,
    type = 'text',
    hint,
    error,
    placeholder,
    maxLength = 140,
    optional,
    disabled,
    unit,
  } = props
  const t = useText(terms)
  const join = useJoin()
  const [focused, setFocused] = useState(false)
  const latest = useRef(props)
  latest.current = props
  const spoken = join([label, optional && t.optional, hint, error])
  // Re-renders only when a prop changes: a host's input is sent its value again at each render.
  const input = useMemo(
    () => (
      <Input
        className={type === 'idcard' ? 'field__input field__input--long' : 'field__input'}
        placeholderClass="field__placeholder"
        value={value}
        type={keyboard[type]}
        maxlength={maxLength}
        placeholder={placeholder ?? ''}
        disabled={disabled ?? false}
        onInput={(event) => latest.current.onChange(event.detail.value)}
        onFocus={() => setFocused(true)}
        onBlur={() => {
          setFocused(false)
          latest.current.onBlur?.()
        }}
        onConfirm={() => latest.current.onDone?.()}
        {...a11y({ label: spoken })}
      />
    ),
    [value, type, maxLength, placeholder, disabled, spoken],
  )
  return (
    <View className="field">
      <View className="field__label">
        {label}
        {optional && <View className="field__optional">{t.optional}</View>}
      </View>
      {hint && <View className="field__hint">{hint}</View>}
      <View {...a11y({ role: 'alert', live: 'assertive' })}>
        {error && (
          <View className="field__error">
            <Icon name="alert-circle" size="s" />
            <View>{error}</View>
          </View>
        )}
      </View>
      <View
        className={`field__box${focused ? ' field__box--focus' : ''}${error ? ' field__box--bad' : ''}${disabled ? ' field__box--off' : ''}`}
      >
        {input}
        {value !== '' && !disabled && (
          <View
            className="field__clear"
            hoverClass="press"
            onClick={() => onChange('')}
            {...a11y({ role: 'button', label: `${t.clear} ${label}` })}
          >
            <Icon name="x-circle" tone="quiet" />
          </View>
        )}
        {unit && <View className="field__unit">{unit}</View>}
      </View>
    </View>
  )
}
