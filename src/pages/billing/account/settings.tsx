import { useState } from 'react'
import { Alert } from '@/components/alert'
import { Button } from '@/components/button'
import { Cell, CellGroup } from '@/components/cell'
import { Dialog } from '@/components/dialog'
import { Field } from '@/components/field'
import { Sheet } from '@/components/sheet'
import { failureText } from '@/parts/failure'
import { useTextProblem } from '@/parts/use-text-problem'
import type { ServiceError } from '@/services/errors'
import { useJoin, useText } from '@/text'
import { account as accountText } from '@/text/billing/account'
import { kinds } from '@/text/kinds'
import { failures } from '@/text/parts/failures'
import { terms } from '@/text/terms'
import type { AccountPage } from './use-account'

const longestNickname = 20

type Manage = { open: 'nothing' | 'name' | 'unbind'; error: ServiceError | null }

/** Its name, and giving it up. */
export function AccountSettings({ page }: { page: Extract<AccountPage, { status: 'account' }> }) {
  const t = useText(accountText)
  const { save, cancel } = useText(terms)
  const failed = useText(failures)
  const join = useJoin()
  const own = useText(kinds)[page.account.kind]
  const [manage, setManage] = useState<Manage>({ open: 'nothing', error: null })
  const [name, setName] = useState('')
  const problem = useTextProblem('line', name, longestNickname)
  const close = () => setManage({ open: 'nothing', error: null })
  const failure = manage.error && failureText(manage.error, failed)
  return (
    <>
      <CellGroup title={own.manage}>
        <Cell
          icon="edit"
          title={t.rename}
          value={page.account.nickname}
          onTap={() => {
            setName(page.account.nickname ?? '')
            setManage({ open: 'name', error: null })
          }}
        />
        <Cell icon="trash" iconTone="bad" title={t.unbind} onTap={() => setManage({ open: 'unbind', error: null })} />
      </CellGroup>
      <Sheet
        open={manage.open === 'name'}
        title={t.rename}
        onClose={close}
        footer={
          <Button
            block
            disabled={problem !== undefined}
            onTap={async () => {
              const error = await page.rename(name)
              if (error) setManage({ open: 'name', error })
              else close()
            }}
          >
            {save}
          </Button>
        }
      >
        <Field
          label={t.nickname}
          value={name}
          onChange={setName}
          error={problem ?? (failure ? join([t.saveFailed, failure.text], 'stop') : undefined)}
        />
      </Sheet>
      <Dialog
        open={manage.open === 'unbind'}
        title={own.unbind}
        actions={[
          {
            label: t.unbind,
            kind: 'danger',
            onTap: async () => {
              const error = await page.unbind()
              if (error) setManage({ open: 'unbind', error })
            },
          },
          { label: cancel, kind: 'secondary', onTap: close },
        ]}
      >
        {t.unbindText}
        {failure && (
          <Alert tone="bad" title={t.unbindFailed} live>
            {failure.text}
          </Alert>
        )}
      </Dialog>
    </>
  )
}
