import { Alert } from '@/components/alert'
import { Cell, CellGroup } from '@/components/cell'
import { Message } from '@/components/empty'
import { Screen } from '@/components/screen'
import type { CityId } from '@/domain/ids'
import { formatFen } from '@/domain/money'
import { formatDate, formatMoment } from '@/domain/time'
import { go } from '@/lifecycle/go'
import { todayIn } from '@/lifecycle/use-server-now'
import { billIcon } from '@/parts/bill-kinds'
import { Nothing } from '@/parts/nothing'
import { PageState, page } from '@/parts/page'
import { readLink, routes } from '@/routes'
import { useLanguage, useText } from '@/text'
import { family } from '@/text/family'
import { terms } from '@/text/terms'
import { type FamilyThing, useThings } from './use-things'

/** Whose it is comes first, then what, then which home or hall. */
function Thing({ city, thing }: { city: CityId; thing: FamilyThing }) {
  const t = useText(family)
  const language = useLanguage()
  const today = todayIn(city)
  const { maskedName = t.who } = thing.grant
  if (thing.kind === 'visit') {
    const { itemName, hall, slot } = thing.visit
    return (
      <Cell
        icon="calendar-check"
        title={`${maskedName} · ${itemName}`}
        note={`${hall.name}\n${formatMoment(slot.startsAt, language, today)}`}
        arrow={false}
      />
    )
  }
  const { kind, title, accountLabel, amountFen, status, dueOn } = thing.bill
  return (
    <Cell
      icon={billIcon[kind]}
      iconTone={status === 'overdue' ? 'bad' : 'brand'}
      title={`${maskedName} · ${title}`}
      note={[accountLabel, dueOn && t.dueOn(formatDate(dueOn, language, today))].filter(Boolean).join('\n')}
      value={formatFen(amountFen, { symbol: true })}
      valueTone={status === 'overdue' ? 'bad' : 'ink'}
      arrow={false}
    />
  )
}

function ThingsPage({ city }: { city: CityId }) {
  const t = useText(family)
  const { retry } = useText(terms)
  const [load, reload] = useThings(city)
  return (
    <Screen title={t.thingsTitle} lead={t.thingsNote}>
      <PageState part state={{ ...load, reload }} skeleton={[{ kind: 'cell', count: 4 }]}>
        {({ value: { isAnybody, things, unread } }) => (
          <>
            {unread.map(({ id, maskedName }) => (
              <Alert key={id} tone="warn" title={t.partFailed(maskedName ?? t.who)} action={retry} onAction={reload} />
            ))}
            {!isAnybody && (
              <Message
                icon="users"
                title={t.nobody}
                text={t.noneText}
                action={t.title}
                onAction={() => go(routes.family({ city }))}
              />
            )}
            {isAnybody && things.length === 0 && unread.length === 0 && (
              <Nothing loads={[load]} onRetry={reload} icon="receipt" title={t.noThings} text={t.noThingsText} />
            )}
            {things.length > 0 && (
              <CellGroup>
                {things.map((thing) => (
                  <Thing
                    key={thing.kind === 'bill' ? `b-${thing.bill.id}` : `v-${thing.visit.id}`}
                    city={city}
                    thing={thing}
                  />
                ))}
              </CellGroup>
            )}
          </>
        )}
      </PageState>
    </Screen>
  )
}

export default page({
  link: (params) => readLink(params, ['city']),
  title: (language) => family[language].thingsTitle,
  view: ThingsPage,
})
