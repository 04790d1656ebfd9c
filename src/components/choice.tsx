import { View } from '@tarojs/components'
import { a11y } from './a11y'
import './icon.scss'
import './choice.scss'

export interface Option {
  value: string
  label: string
  note?: string | undefined
  disabled?: boolean | undefined
  /** Why it cannot be chosen. */
  reason?: string | undefined
}

interface Props {
  /** What is chosen; read before the options. */
  label: string
  /** Only for screen readers: a title above shows it already. */
  labelHidden?: boolean
  options: readonly Option[]
  value: string | undefined
  onChange: (value: string) => void
  error?: string | undefined
}

/** One of a few. */
export function Choice({ label, labelHidden, options, value, onChange, error }: Props) {
  return (
    <View {...a11y({ role: 'radiogroup', label })}>
      {!labelHidden && <View className="choice__label">{label}</View>}
      <View {...a11y({ role: 'alert', live: 'assertive' })}>
        {error && <View className="choice__error">{error}</View>}
      </View>
      <View className="choice">
        {options.map((option) => {
          const on = option.value === value
          const note = option.disabled ? (option.reason ?? option.note) : option.note
          return (
            <View
              compileMode
              key={option.value}
              className={`choice__one${on ? ' choice__one--on' : ''}${option.disabled ? ' choice__one--off' : ''}`}
              hoverClass={option.disabled ? 'none' : 'press'}
              onClick={() => {
                if (!option.disabled && !on) onChange(option.value)
              }}
              role="radio"
              aria-role="radio"
              aria-checked={on}
              aria-disabled={option.disabled === true}
            >
              <View className="choice__dot" aria-hidden />
              <View className="choice__body">
                <View className="choice__name">{option.label}</View>
                {!!note && <View className="choice__note">{note}</View>}
              </View>
            </View>
          )
        })}
      </View>
    </View>
  )
}

interface CheckProps {
  label: string
  note?: string | undefined
  checked: boolean
  onChange: (checked: boolean) => void
  disabled?: boolean | undefined
  /** No frame: in a card with others. */
  plain?: boolean
}

/** Yes or no, with a box to tick: consent, a checklist, several of a list. */
export function Check({ label, note, checked, onChange, disabled, plain }: CheckProps) {
  return (
    <View
      compileMode
      className={`choice__one${plain ? ' choice__one--plain' : ''}${checked ? ' choice__one--on' : ''}${disabled ? ' choice__one--off' : ''}`}
      hoverClass={disabled ? 'none' : 'press'}
      onClick={() => {
        if (!disabled) onChange(!checked)
      }}
      role="checkbox"
      aria-role="checkbox"
      aria-checked={checked}
      aria-disabled={disabled === true}
    >
      <View className="choice__box" aria-hidden>
        {checked && <View className="icon icon-check icon--s" />}
      </View>
      <View className="choice__body">
        <View className="choice__name">{label}</View>
        {!!note && <View className="choice__note">{note}</View>}
      </View>
    </View>
  )
}
