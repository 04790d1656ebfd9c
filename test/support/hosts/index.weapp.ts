import { alipayInvocation, type HostUnderTest, startBench, tillInvocation, wechatInvocation } from './bench'
import { createWechat } from './wechat'

/** Jest finds the host under test as the app finds its platform: by suffix. */
export const hostUnderTest: HostUnderTest = {
  host: 'wechat',
  start: () => startBench('wechat', createWechat, { fontScale: 1.2, theme: 'dark' }),
  ownInvocation: wechatInvocation,
  foreignInvocations: [alipayInvocation, tillInvocation],
  cashierRows: [
    { says: { errMsg: 'requestPayment:ok' }, means: { outcome: 'accepted' } },
    { says: { errMsg: 'requestPayment:fail cancel' }, means: { outcome: 'cancelled' } },
    {
      says: { errMsg: 'requestPayment:fail no permission', errno: 102 },
      means: { outcome: 'failed', reason: 'configuration' },
    },
    { says: { errMsg: 'requestPayment:fail (the system is busy)' }, means: { outcome: 'unknown' } },
    { says: { errMsg: 'requestPayment:fail:cancel' }, means: { outcome: 'unknown' } },
    { says: { errMsg: 'requestPayment:fail', errno: 1001 }, means: { outcome: 'unknown' } },
    { says: { errMsg: 'toString' }, means: { outcome: 'unknown' } },
    { says: {}, means: { outcome: 'unknown' } },
    { says: 'throws', means: { outcome: 'unknown' } },
  ],
  capabilities: [
    'messages',
    'locate',
    'openMap',
    'scan',
    'addToCalendar',
    'brighten',
    'onThemeChange',
    'openSettings',
    'update',
  ],
  facts: {
    fontScale: 1.2,
    theme: 'dark',
    language: 'zh_CN',
    windowWidth: 375,
    windowHeight: 812,
    statusBarHeight: 44,
    safeArea: { top: 44, bottom: 34 },
    menuButton: { top: 48, left: 281, width: 87, height: 32 },
    hostVersion: '8.0.50',
  },
  foundPlace: { kind: 'point', latitude: 30.27, longitude: 120.15 },
  names: {
    to: 'navigateTo',
    replace: 'redirectTo',
    back: 'navigateBack',
    tab: 'switchTab',
    restart: 'reLaunch',
    toast: 'showToast',
    copy: 'setClipboardData',
    call: 'makePhoneCall',
  },
}
