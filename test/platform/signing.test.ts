/** @jest-environment jsdom */
import type { SigningInvocation } from '@/platform/types'
import { host, start } from './suite'

const invocations: Record<string, SigningInvocation> = {
  wechat: { kind: 'wechat', appId: 'wx1', path: 'pages/index/index', extraData: { contract_code: 'HZX1' } },
  alipay: { kind: 'alipay', signStr: 'biz_content=1' },
}
const own = invocations[host]

if (own) {
  test('a page that was opened is left, whatever was signed; one that was not has failed', async () => {
    const { platform, circumstances } = start()
    circumstances.signing = async () => true
    await expect(platform.sign?.(own)).resolves.toBe('left')
    circumstances.signing = async () => false
    await expect(platform.sign?.(own)).resolves.toBe('failed')
  })
}

test('what another host signs is not opened', async () => {
  const { platform, circumstances } = start()
  circumstances.signing = async () => true
  for (const [name, invocation] of Object.entries(invocations))
    if (name !== host) await expect(platform.sign?.(invocation)).resolves.toBe('failed')
})
