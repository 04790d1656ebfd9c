import { View } from '@tarojs/components'
import { type Fen, formatFen, parseYuan } from '@/domain/money'
import { useText } from '@/text'
import { terms } from '@/text/terms'
import { a11y } from './a11y'
import { Field } from './field'
import './amount-field.scss'

interface Props {
  label: string
  /** As typed, in yuan: `parseYuan` reads it. */
  value: string
  onChange: (value: string) => void
  /** Amounts to be chosen with one tap. */
  presetsFen?: readonly Fen[] | undefined
  hint?: string | undefined
  error?: string | undefined
  unit: string
}

/** An amount to be chosen or typed. */
export function AmountField({ label, value, onChange, presetsFen = [], hint, error, unit }: Props) {
  const { chooseOne } = useText(terms)
  const chosenFen = parseYuan(value)
  return (
    <View>
      {presetsFen.length > 0 && (
        <View className="presets" {...a11y({ role: 'radiogroup', label: chooseOne })}>
          {presetsFen.map((amountFen) => (
            <View
              key={amountFen}
              className={amountFen === chosenFen ? 'presets__one presets__one--on' : 'presets__one'}
              hoverClass="press"
              onClick={() => onChange(formatFen(amountFen).replace(/,/g, '').replace(/\.00$/, ''))}
              {...a11y({ role: 'radio', checked: amountFen === chosenFen })}
            >
              {formatFen(amountFen, { symbol: true }).replace(/\.00$/, '')}
            </View>
          ))}
        </View>
      )}
      <Field label={label} value={value} onChange={onChange} type="digit" unit={unit} hint={hint} error={error} />
    </View>
  )
}
