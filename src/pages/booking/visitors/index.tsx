import { Cell, CellGroup } from '@/components/cell'
import { Dialog } from '@/components/dialog'
import { Message } from '@/components/empty'
import { Screen } from '@/components/screen'
import { Skeleton } from '@/components/skeleton'
import { asId, type CityId, type VisitorId } from '@/domain/ids'
import { Failure } from '@/parts/failure'
import { Nothing } from '@/parts/nothing'
import { page } from '@/parts/page'
import { platform } from '@/platform'
import { readLink } from '@/routes'
import { useText } from '@/text'
import { booking } from '@/text/booking/booking'
import { visitors } from '@/text/booking/visitors'
import { useVisitorsPage } from './use-visitors'

function VisitorsPage({ city }: { city: CityId }) {
  const t = useText(visitors)
  const { documents } = useText(booking)
  const { load, reload, removing, askRemove, remove } = useVisitorsPage(city)
  if (load === null)
    return (
      <Screen>
        <Message deadEnd icon="users" title={t.notOffered} text={t.notOfferedText} />
      </Screen>
    )
  if (load.status === 'failed')
    return (
      <Screen>
        <Failure error={load.error} onRetry={reload} />
      </Screen>
    )
  const doRemove = async () => platform.toast((await remove()) ? t.removed : t.removeFailed)
  return (
    <Screen title={t.title} lead={t.lead}>
      {load.status === 'loading' && <Skeleton kind="cell" count={3} />}
      {load.status === 'ready' && load.value.length === 0 && (
        <Nothing deadEnd loads={[load]} onRetry={reload} icon="users" title={t.none} text={t.noneText} />
      )}
      {load.status === 'ready' && load.value.length > 0 && (
        <CellGroup>
          {load.value.map(({ id, maskedName, maskedPhone, documentKind, maskedDocument }) => (
            <Cell
              key={id}
              id={id}
              title={maskedName}
              note={[
                maskedPhone,
                documentKind &&
                  documentKind !== 'unlisted' &&
                  `${documents[documentKind].name} ${maskedDocument ?? ''}`,
              ]
                .filter(Boolean)
                .join('\n')}
              value={t.remove}
              valueTone="quiet"
              arrow={false}
              onTap={(tapped) => askRemove(asId<VisitorId>(tapped))}
            />
          ))}
        </CellGroup>
      )}
      {removing && (
        <Dialog
          open
          title={t.removeAsk(removing.maskedName)}
          actions={[
            { label: t.keep, onTap: () => askRemove(null) },
            { label: t.remove, onTap: doRemove, kind: 'danger' },
          ]}
        >
          {t.removeText}
        </Dialog>
      )}
    </Screen>
  )
}

export default page({
  link: (params) => readLink(params, ['city']),
  title: (language) => visitors[language].title,
  view: VisitorsPage,
})
