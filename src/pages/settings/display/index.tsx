import { Cell, CellGroup } from '@/components/cell'
import { Choice } from '@/components/choice'
import { guarded } from '@/components/guarded'
import { Screen } from '@/components/screen'
import { Section } from '@/components/section'
import { SwitchCell } from '@/components/switch'
import { formatFen } from '@/domain/money'
import { usePageTitle } from '@/lifecycle/use-page-title'
import { useWhileVisible } from '@/lifecycle/use-visible'
import { platform } from '@/platform'
import { stores } from '@/stores'
import type { Settings } from '@/stores/settings'
import { useText } from '@/text'
import { settings as text } from '@/text/settings'

const sampleFen = 12_864

/** Where the host tells no theme there is none to follow. */
const canFollow = platform.onThemeChange !== undefined

function DisplayPage() {
  const words = useText(text)
  usePageTitle(words.display)
  const { textSize, theme, contrast, language, change } = useWhileVisible(stores.settings, (state) => state)
  return (
    <Screen>
      <Section title={words.sample}>
        <CellGroup>
          <Cell
            icon="zap"
            title={words.sampleTitle}
            note={words.sampleNote}
            value={formatFen(sampleFen, { symbol: true })}
          />
        </CellGroup>
      </Section>
      <Section title={words.textSize}>
        <Choice
          label={words.textSize}
          labelHidden
          value={textSize}
          options={[
            { value: 'normal', label: words.normal },
            { value: 'elder', label: words.elder, note: words.elderNote },
          ]}
          onChange={(value) => change({ textSize: value as Settings['textSize'] })}
        />
      </Section>
      <Section title={words.theme}>
        <Choice
          label={words.theme}
          labelHidden
          value={canFollow || theme !== 'system' ? theme : 'light'}
          options={[
            ...(canFollow ? [{ value: 'system', label: words.system }] : []),
            { value: 'light', label: words.light },
            { value: 'dark', label: words.dark },
          ]}
          onChange={(value) => change({ theme: value as Settings['theme'] })}
        />
      </Section>
      <CellGroup>
        <SwitchCell
          icon="contrast"
          title={words.contrast}
          note={words.contrastNote}
          on={contrast}
          onChange={(on) => change({ contrast: on })}
        />
      </CellGroup>
      <Section title={words.language}>
        <Choice
          label={words.language}
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

export default guarded(DisplayPage)
