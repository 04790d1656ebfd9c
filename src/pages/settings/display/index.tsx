import { Cell, CellGroup } from '@/components/cell'
import { Choice } from '@/components/choice'
import { Screen } from '@/components/screen'
import { Section } from '@/components/section'
import { SwitchCell } from '@/components/switch'
import { formatFen } from '@/domain/money'
import { useWhileVisible } from '@/lifecycle/use-visible'
import { page } from '@/parts/page'
import { platform } from '@/platform'
import { stores } from '@/stores'
import type { Settings } from '@/stores/settings'
import { useText } from '@/text'
import { settings as text } from '@/text/settings'

const sampleFen = 12_864

/** A host without a theme leaves none to follow. */
const canFollow = platform.onThemeChange !== undefined

function DisplayPage() {
  const t = useText(text)
  const { textSize, theme, contrast, language, change } = useWhileVisible(stores.settings, (state) => state)
  return (
    <Screen>
      <Section title={t.sample}>
        <CellGroup>
          <Cell icon="zap" title={t.sampleTitle} note={t.sampleNote} value={formatFen(sampleFen, { symbol: true })} />
        </CellGroup>
      </Section>
      <Section title={t.textSize}>
        <Choice
          label={t.textSize}
          labelHidden
          value={textSize}
          options={[
            { value: 'normal', label: t.normal },
            { value: 'elder', label: t.elder, note: t.elderNote },
          ]}
          onChange={(value) => change({ textSize: value as Settings['textSize'] })}
        />
      </Section>
      <Section title={t.theme}>
        <Choice
          label={t.theme}
          labelHidden
          value={canFollow || theme !== 'system' ? theme : 'light'}
          options={[
            ...(canFollow ? [{ value: 'system', label: t.system }] : []),
            { value: 'light', label: t.light },
            { value: 'dark', label: t.dark },
          ]}
          onChange={(value) => change({ theme: value as Settings['theme'] })}
        />
      </Section>
      <CellGroup>
        <SwitchCell
          icon="contrast"
          title={t.contrast}
          note={t.contrastNote}
          on={contrast}
          onChange={(on) => change({ contrast: on })}
        />
      </CellGroup>
      <Section title={t.language}>
        <Choice
          label={t.language}
          labelHidden
          value={language}
          options={[
            { value: 'zh-CN', label: '简体中文' },
            { value: 'en', label: 'English' },
          ]}
          onChange={(value) => change({ language: value as Settings['language'] })}
        />
      </Section>
    </Screen>
  )
}

export default page({ title: (language) => text[language].display, view: DisplayPage })
