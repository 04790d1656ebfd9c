import { View } from '@tarojs/components'
import { type Fen, formatFen, speakFen } from '@/domain/money'
import { useLanguage } from '@/text'
import './amount.scss'

interface Props {
  amountFen: Fen
  /** s in a line, m in a cell, l on a card, xl alone on a page. */
  size?: 's' | 'm' | 'l' | 'xl'
  tone?: 'ink' | 'ok' | 'bad' | 'quiet'
}

/** An amount of money. Fen in, "¥1,234.56" out; a screen reader reads "1234.56元". */
export function Amount({ amountFen, size = 'm', tone = 'ink' }: Props) {
  const language = useLanguage()
  const text = formatFen(amountFen, { symbol: true })
  const [, before = '', yuan = text, fen = ''] = /^(−?¥)([\d,]+)(\.\d\d)$/.exec(text) ?? []
  return (
    <View
      compileMode
      className={`amount amount--${size} tone-${tone}`}
      role="img"
      aria-role="img"
      aria-label={speakFen(amountFen, language)}
    >
      <View className="amount__small">{before}</View>
      {yuan}
      <View className="amount__small">{fen}</View>
    </View>
  )
}
