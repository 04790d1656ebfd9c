import { Alert } from '@/components/alert'
import { Button } from '@/components/button'
import { Cell, CellGroup } from '@/components/cell'
import { Message } from '@/components/empty'
import { Fold } from '@/components/fold'
import { KeyValue } from '@/components/key-value'
import { Screen } from '@/components/screen'
import { Card } from '@/components/section'
import type { AccountId, CityId } from '@/domain/ids'
import { formatTime } from '@/domain/time'
import { go } from '@/lifecycle/go'
import { usePageTitle } from '@/lifecycle/use-page-title'
import { failureText } from '@/parts/failure'
import { OpenPayments } from '@/parts/open-payments'
import { PageState, page } from '@/parts/page'
import { readLink, routes, tabs } from '@/routes'
import { isRefusal } from '@/services/errors'
import { useText } from '@/text'
import { account as accountText } from '@/text/billing/account'
import { bills } from '@/text/bills'
import { elder } from '@/text/elder'
import { kinds } from '@/text/kinds'
import { failures } from '@/text/parts/failures'
import { AccountHistory } from './history'
import { AccountLookup } from './lookup'
import { AccountReminder, ReminderOffer } from './reminder'
import { AccountSettings } from './settings'
import { AccountUsage } from './usage'
import { type AccountPage, useAccountPage } from './use-account'
import { useReminder } from './use-reminder'

type Of<S extends AccountPage['status']> = { page: Extract<AccountPage, { status: S }> }

function UnboundAccount({ page }: Of<'unbound'>) {
  const t = useText(accountText)
  const failed = useText(failures)
  const tooLate = page.error !== null && isRefusal(page.error, 'undo-expired')
  return (
    <Screen
      footer={
        <>
          {!tooLate && (
            <Button block onTap={page.undo}>
              {t.undo}
            </Button>
          )}
          <Button block kind="secondary" onTap={() => go.tab(tabs.bills)}>
            {t.backToBills}
          </Button>
        </>
      }
    >
      {page.error && (
        <Alert tone="bad" title={t.undoFailed} live>
          {tooLate ? t.undoExpired : failureText(page.error, failed).text}
        </Alert>
      )}
      <Message icon="check-circle" title={t.unbound} text={t.undoUntil(formatTime(page.undoUntil))} />
    </Screen>
  )
}

function AccountPageContent({ city, page }: Of<'account'> & { city: CityId }) {
  const t = useText(accountText)
  const { kind } = useText(bills)
  const { account: more } = useText(elder)
  const { account, biller, lookup, listed } = page
  const own = useText(kinds)[account.kind]
  usePageTitle(own.title)
  const reminder = useReminder(page)
  const isReached =
    lookup.status === 'ready' &&
    !lookup.refreshError &&
    (lookup.value.outcome === 'bill' || lookup.value.outcome === 'nothing-due')
  return (
    <Screen
      title={account.nickname || biller?.name || kind[account.kind]}
      lead={account.nickname ? (biller?.name ?? kind[account.kind]) : undefined}
    >
      <OpenPayments />
      <ReminderOffer reminder={reminder} />
      <AccountLookup city={city} kind={account.kind} lookup={lookup} biller={biller} onLookUp={page.lookUp} />
      <Card>
        <KeyValue
          rows={[
            { label: biller?.account.label ?? t.number, value: account.maskedNumber },
            ...(account.mark ? [{ label: t.mark, value: account.mark }] : []),
            { label: own.holder, value: account.maskedHolder },
            { label: own.address, value: account.maskedAddress },
            ...(account.relation === 'unlisted'
              ? []
              : [{ label: t.relation, value: account.relation === 'mine' ? t.mine : t.someoneElse }]),
          ]}
        />
      </Card>
      {page.hasMandates && (
        <CellGroup>
          <Cell
            icon="wallet"
            title={t.mandate}
            note={t.mandateNote}
            onTap={() => go(routes.mandate({ city, account: account.id }))}
          />
        </CellGroup>
      )}
      <Fold title={more} open={lookup.status !== 'loading' && !isReached}>
        {account.holder === false ? (
          <Alert icon="shield">{t.holderOnly}</Alert>
        ) : (
          <AccountUsage city={city} kind={account.kind} history={page.history} onReload={page.reloadHistory} />
        )}
        <AccountHistory
          city={city}
          account={account.id}
          listed={listed}
          error={page.listError}
          showOpen={!isReached && lookup.status !== 'loading'}
          onReload={page.reloadList}
        />
        <AccountReminder city={city} reminder={reminder} />
        <AccountSettings page={page} />
      </Fold>
    </Screen>
  )
}

function AccountPageView({ city, account }: { city: CityId; account: AccountId }) {
  return (
    <PageState state={useAccountPage(city, account)} skeleton={[{ kind: 'card' }, { kind: 'cell', count: 4 }]}>
      {(page) =>
        page.status === 'unbound' ? <UnboundAccount page={page} /> : <AccountPageContent city={city} page={page} />
      }
    </PageState>
  )
}

export default page({
  link: (params) => readLink(params, ['city', 'account']),
  title: (language) => accountText[language].title,
  view: AccountPageView,
})
