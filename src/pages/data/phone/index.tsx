import { useState } from 'react'
import { Alert } from '@/components/alert'
import { Button } from '@/components/button'
import { Cell, CellGroup } from '@/components/cell'
import { Dialog } from '@/components/dialog'
import { Message } from '@/components/empty'
import { Screen } from '@/components/screen'
import { Section } from '@/components/section'
import type { KeptKind } from '@/domain/kept'
import { page } from '@/parts/page'
import { platform } from '@/platform'
import { useText } from '@/text'
import { phone } from '@/text/data/phone'
import { terms } from '@/text/terms'
import { usePhonePage } from './use-phone'

function PhonePageView() {
  const t = useText(phone)
  const { cancel } = useText(terms)
  const [asking, setAsking] = useState<KeptKind | 'all' | null>(null)
  const { kept, openPayments, clear } = usePhonePage()
  const end = () => setAsking(null)
  const yes = () => {
    clear(asking === 'all' ? undefined : (asking ?? undefined))
    end()
    platform.toast(t.cleared)
  }
  const isOpen = (kind: KeptKind) => kind === 'payments' && openPayments > 0
  return (
    <Screen title={t.title} lead={t.lead}>
      {openPayments > 0 && <Alert tone="warn">{t.openText(openPayments)}</Alert>}
      {kept.length === 0 && <Message icon="check-circle" title={t.none} />}
      <CellGroup>
        {kept.map(({ kind, count }) => (
          <Cell
            key={kind}
            title={t.kinds[kind]}
            note={t.notes[kind]}
            value={isOpen(kind) ? t.open(openPayments) : t.count(count)}
            // Nothing to clear where all of them are open.
            {...(!(isOpen(kind) && count === openPayments) && { onTap: () => setAsking(kind) })}
          />
        ))}
      </CellGroup>
      {kept.length > 0 && (
        <Section note={t.clearAllText}>
          <Button kind="secondary" icon="trash" block onTap={() => setAsking('all')}>
            {t.clearAll}
          </Button>
        </Section>
      )}
      {asking && (
        <Dialog
          open
          title={asking === 'all' ? t.clearAll : t.clearAsk(t.kinds[asking])}
          actions={[
            { label: t.clear, kind: 'danger', onTap: yes },
            { label: cancel, onTap: end },
          ]}
        >
          {asking === 'all' ? t.clearAllText : t.notes[asking]}
        </Dialog>
      )}
    </Screen>
  )
}

export default page({ title: (language) => phone[language].title, view: PhonePageView })
