import { useState } from 'react'
import { Button } from '@/components/button'
import { Cell, CellGroup } from '@/components/cell'
import { KeyValue } from '@/components/key-value'
import { Screen } from '@/components/screen'
import { Card, Section } from '@/components/section'
import { Sheet } from '@/components/sheet'
import { Skeleton } from '@/components/skeleton'
import { type CitizenCopy, copyText, recordRows } from '@/domain/citizen'
import type { CityId } from '@/domain/ids'
import { formatMoment } from '@/domain/time'
import { todayIn } from '@/lifecycle/use-server-now'
import { Failure } from '@/parts/failure'
import { page } from '@/parts/page'
import { platform } from '@/platform'
import { readLink } from '@/routes'
import { useLanguage, useText } from '@/text'
import { copy as text } from '@/text/data/copy'
import { useCopy } from './use-copy'

/** The most records of one kind that are shown; the copied text has all. */
const mostShown = 10

function Sections({ copy, city }: { copy: CitizenCopy; city: CityId }) {
  const t = useText(text)
  const language = useLanguage()
  const [kind, setKind] = useState<string | null>(null)
  const open = copy.sections.find((section) => section.kind === kind)
  const copyAll = async () => {
    if (!(await platform.copy(copyText(copy)))) platform.toast(t.notCopied)
  }
  return (
    <>
      <CellGroup title={t.taken(formatMoment(copy.createdAt, language, todayIn(city)))}>
        {copy.sections.map(({ kind, title, records }) => (
          <Cell key={kind} title={title} value={t.count(records.length)} id={kind} onTap={setKind} />
        ))}
      </CellGroup>
      <Section note={t.copyNote}>
        <Button block onTap={copyAll}>
          {t.copyAll}
        </Button>
      </Section>
      {open && (
        <Sheet open title={open.title} onClose={() => setKind(null)}>
          {open.records.slice(0, mostShown).map((record, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: records have no id in common, and do not change
            <Card key={index} title={t.record(index + 1)}>
              <KeyValue rows={recordRows(record, open.labels)} />
            </Card>
          ))}
          {open.records.length > mostShown && t.rest(open.records.length - mostShown)}
        </Sheet>
      )}
    </>
  )
}

function CopyPageView({ city }: { city: CityId }) {
  const t = useText(text)
  const page = useCopy(city)
  if (page.status === 'refused')
    return (
      <Screen>
        <Failure error={page.error} onRetry={page.take} />
      </Screen>
    )
  return (
    <Screen title={t.title} lead={t.lead}>
      {page.status === 'before' && (
        <>
          <Section note={t.noted}>
            <Card icon="shield">{t.before}</Card>
          </Section>
          <Button block onTap={page.take}>
            {t.get}
          </Button>
        </>
      )}
      {page.status === 'taking' && <Skeleton kind="cell" count={6} />}
      {page.status === 'taken' && <Sections copy={page.copy} city={city} />}
    </Screen>
  )
}

export default page({
  link: (params) => readLink(params, ['city']),
  title: (language) => text[language].title,
  view: CopyPageView,
})
