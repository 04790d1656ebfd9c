import { useState } from 'react'
import { Button } from '@/components/button'
import { Cell, CellGroup } from '@/components/cell'
import { Dialog } from '@/components/dialog'
import { Screen } from '@/components/screen'
import { Card, Section } from '@/components/section'
import { type Feature, hasFeature } from '@/domain/manifest'
import { go } from '@/lifecycle/go'
import { useWhileVisible } from '@/lifecycle/use-visible'
import { page } from '@/parts/page'
import { platform } from '@/platform'
import { valueOf } from '@/queries/use-load'
import { useManifest } from '@/queries/use-manifest'
import { routes } from '@/routes'
import { services } from '@/services'
import { stores } from '@/stores'
import { useText } from '@/text'
import { settings } from '@/text/settings'
import { terms } from '@/text/terms'

/** What the citizen's city lets them see and decide. */
function MyData() {
  const t = useText(settings).myData
  const city = useWhileVisible(stores.city, (state) => state.city)
  const manifest = valueOf(useManifest(city)[0])
  const has = (feature: Feature) => manifest !== null && hasFeature(manifest, feature)
  return (
    <CellGroup title={t.title}>
      {city && has('consents') && <Cell icon="shield" title={t.consents} id={routes.consents({ city })} onTap={go} />}
      {city && has('data-uses') && <Cell icon="history" title={t.uses} id={routes.dataUses({ city })} onTap={go} />}
      {city && <Cell icon="file-text" title={t.copy} id={routes.dataCopy({ city })} onTap={go} />}
      <Cell icon="list-checks" title={t.phone} id={routes.phoneData()} onTap={go} />
      {city && <Cell icon="trash" title={t.erasure} id={routes.erasure({ city })} onTap={go} />}
    </CellGroup>
  )
}

function PrivacyPage() {
  const t = useText(settings)
  const rows = t.privacyRows
  const { cancel } = useText(terms)
  const [asking, setAsking] = useState(false)
  const { openPolicy } = platform.privacy
  const { city } = stores.city.getState()
  const manifest = city && services.manifest.cached(city)?.value
  const hasVisitors = manifest && hasFeature(manifest, 'visitors')
  const clear = () => {
    stores.clear()
    setAsking(false)
    platform.toast(t.clearDone)
  }
  return (
    <Screen title={t.privacy} lead={t.privacyLead}>
      <MyData />
      <Section>
        <Card icon="shield" title={rows.identity}>
          {rows.identityText}
        </Card>
        <Card icon="map-pin" title={rows.location}>
          {rows.locationText}
        </Card>
        <Card icon="receipt" title={rows.bills}>
          {rows.billsText}
        </Card>
        <Card icon="wallet" title={rows.payments}>
          {rows.paymentsText}
        </Card>
        <Card icon="bell" title={rows.messages}>
          {rows.messagesText}
        </Card>
      </Section>
      {city && hasVisitors && (
        <CellGroup>
          <Cell icon="users" title={t.visitors} onTap={() => go(routes.visitors({ city }))} />
        </CellGroup>
      )}
      {openPolicy && (
        <CellGroup>
          <Cell title={t.policy} onTap={() => openPolicy()} />
        </CellGroup>
      )}
      <Section note={t.clearText}>
        <Button kind="secondary" icon="trash" block onTap={() => setAsking(true)}>
          {t.clear}
        </Button>
      </Section>
      <Dialog
        open={asking}
        title={t.clear}
        actions={[
          { label: t.clear, kind: 'danger', onTap: clear },
          { label: cancel, onTap: () => setAsking(false) },
        ]}
      >
        {t.clearText}
      </Dialog>
    </Screen>
  )
}

export default page({ title: (language) => settings[language].privacy, view: PrivacyPage })
