import { View } from '@tarojs/components'
import { Alert } from '@/components/alert'
import { Button } from '@/components/button'
import { KeyValue, type KeyValueRow } from '@/components/key-value'
import { Card } from '@/components/section'
import type { CityId, PaymentId } from '@/domain/ids'
import { formatFen } from '@/domain/money'
import { type Paper, paperRule, paperStanding } from '@/domain/paper'
import { dayOf, formatMoment, type Instant } from '@/domain/time'
import { go } from '@/lifecycle/go'
import { platform } from '@/platform'
import { routes } from '@/routes'
import { services } from '@/services'
import { useLanguage, useText } from '@/text'
import { papers } from '@/text/papers'
import type { PapersPage } from './use-papers'

interface Props {
  city: CityId
  payment: PaymentId
  paper: Paper
  page: PapersPage
}

/** One paper: where it is, what happens next, and the one thing to do. */
export function PaperCard({ city, payment, paper, page }: Props) {
  const t = useText(papers)
  const language = useLanguage()
  const now = services.serverNow(city)
  const format = (at: Instant) => formatMoment(at, language, dayOf(now))
  const standing = paperStanding(paper, now)
  const { act, tone } = paperRule[standing]
  const { kind, amountFen, title, text, expectedBy, issuedAt, number, checkCode } = paper
  const phone = page.phoneOf(paper.billerId)
  const file = page.fileOf(paper)
  const rows: (KeyValueRow | false | '' | undefined)[] = [
    { label: t.kinds[kind], value: t.states[standing], tone: tone === 'info' ? 'ink' : tone },
    amountFen > 0 && { label: t.amount, value: formatFen(amountFen, { symbol: true }) },
    title && { label: t.to, value: [title.name, title.taxNumber].filter(Boolean).join('\n') },
    text && { label: t.why, value: text },
    expectedBy && { label: standing === 'not-credited' ? t.from : t.by, value: format(expectedBy) },
    issuedAt && { label: t.issuedAt, value: format(issuedAt) },
    number && { label: t.number, value: number, copy: standing === 'issued' },
    checkCode && { label: t.checkCode, value: checkCode, copy: true },
  ]
  const next =
    standing === 'issued' && file === null
      ? t.noFile
      : standing === 'available' && (kind === 'fiscal' || kind === 'tax')
        ? t.plainAvailable[kind]
        : t.next[standing]
  const copyLink = async () => {
    if (file && (await platform.copy(file))) platform.toast(t.copied)
  }
  return (
    <Card title={paper.billerName}>
      <KeyValue rows={rows.filter((row): row is KeyValueRow => Boolean(row))} />
      <View className="papers__next">{next}</View>
      {act === 'ask' && (
        <Button block onTap={() => page.ask(paper)}>
          {t.acts.ask(t.kinds[kind])}
        </Button>
      )}
      {act === 'again' && (
        <Button block onTap={() => page.again(paper)}>
          {t.acts.again}
        </Button>
      )}
      {act === 'open' && file && (
        <Button block onTap={() => page.open(file)}>
          {t.acts.open}
        </Button>
      )}
      {file !== null && page.unopened === file && (
        <Alert tone="warn" title={t.openFailed} action={t.copyLink} onAction={copyLink} live>
          {t.openFailedText}
        </Alert>
      )}
      {act === 'call' && phone && (
        <Button block kind="secondary" icon="phone" onTap={() => platform.call(phone)}>
          {t.acts.call(phone)}
        </Button>
      )}
      {act === 'report' && (
        <Button block kind="secondary" onTap={() => go(routes.report({ city, payment }))}>
          {t.acts.report}
        </Button>
      )}
    </Card>
  )
}
