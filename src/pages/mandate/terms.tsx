import { Choice } from '@/components/choice'
import { Section } from '@/components/section'
import { ceilings, lastDays, type MandateTerms } from '@/domain/mandate'
import { type Fen, formatFen } from '@/domain/money'
import { type Day, formatDate } from '@/domain/time'
import { useLanguage, useText } from '@/text'
import { mandate as texts } from '@/text/mandate'

interface Props {
  maxFen: Fen
  today: Day
  terms: MandateTerms
  onChange: (terms: MandateTerms) => void
}

/** The ceiling and the last day. Nothing is chosen until somebody chooses it. */
export function Terms({ maxFen, today, terms, onChange }: Props) {
  const t = useText(texts)
  const language = useLanguage()
  const fens = [...new Set([...ceilings(maxFen), ...(terms.ceilingFen ? [terms.ceilingFen] : [])])]
  const days = [...new Set([...lastDays(today), ...(terms.endsOn ? [terms.endsOn] : [])])].sort()
  return (
    <>
      <Section title={t.ceiling} note={t.ceilingNote}>
        <Choice
          label={t.ceiling}
          labelHidden
          value={terms.ceilingFen === null ? undefined : String(terms.ceilingFen)}
          options={fens.map((fen) => ({ value: String(fen), label: t.upTo(formatFen(fen, { symbol: true })) }))}
          onChange={(value) => onChange({ ...terms, ceilingFen: Number(value) })}
        />
      </Section>
      <Section title={t.until} note={t.untilNote}>
        <Choice
          label={t.until}
          labelHidden
          value={terms.endsOn ?? undefined}
          options={days.map((day) => ({ value: day, label: formatDate(day, language, today) }))}
          onChange={(endsOn) => onChange({ ...terms, endsOn })}
        />
      </Section>
    </>
  )
}
