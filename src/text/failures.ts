import { defineText, plural } from '.'

/** What to say when a city gave no usable answer. `at` says where: a sentence about money or a slot is added by the page. */
export const failures = defineText({
  'zh-CN': {
    offline: { title: '没有连上网络', text: '请检查手机网络，然后重试。已提交的支付和预约不受影响。' },
    timeout: { title: '等待超时', text: '网络较慢或城市系统繁忙。已提交的支付和预约不受影响，请稍后重试。' },
    cancelled: { title: '已停止等待', text: '需要时可以重试。' },
    busy: { title: '现在办理的人很多', text: '系统正在排队处理，请稍等片刻再试，不用连续点击。' },
    busyFor: (seconds: number) =>
      `请等待${seconds < 60 ? `${seconds} 秒` : `约 ${Math.ceil(seconds / 60)} 分钟`}后再试。已提交的支付和预约不受影响。`,
    'city-error': { title: '城市系统暂时出错', text: '不是您的操作有误。已提交的支付和预约不受影响，请稍后重试。' },
    'not-json': {
      title: '没有收到正确的答复',
      text: '可能是所连的 Wi-Fi 需要登录，或城市系统正在维护。请换个网络或稍后重试。',
    },
    'contract-broken': {
      title: '收到的数据有误',
      text: '为避免显示错误的金额或时间，我们没有显示它。请稍后再试，或联系客服。',
    },
    'too-large': { title: '收到的数据过大', text: '无法在手机上显示。请联系客服。' },
    'signed-out': { title: '登录没有成功', text: '请重试。如果仍不成功，请从微信或支付宝重新打开本小程序。' },
    refused: { title: '暂时办不了', text: '城市没有接受这次办理。' },
    'no-city': { title: '这座城市尚未开通', text: '请选择其他城市，或拨打当地的 12345。' },
    'app-error': { title: '程序出错了', text: '不是您的操作有误。已提交的支付和预约不受影响。' },
    notFound: { title: '没有找到', text: '它可能已被删除，或不属于当前登录的您。' },
    readOnly: { title: '目前只能查询', text: '城市系统正在维护，暂不能缴费和预约。恢复后即可办理。' },
    badLink: { title: '这个链接打不开', text: '链接不完整或已失效。请从首页重新进入。' },
    refreshFailed: '没能更新，显示的是之前的数据',
  },
  en: {
    offline: {
      title: 'No connection',
      text: 'Check your network and try again. Payments and visits you submitted are safe.',
    },
    timeout: {
      title: 'No answer in time',
      text: 'The network is slow or the city is busy. Payments and visits you submitted are safe. Try again shortly.',
    },
    cancelled: { title: 'Stopped waiting', text: 'You can try again at any time.' },
    busy: {
      title: 'Many people are using this now',
      text: 'Please wait a moment and try again. Tapping repeatedly does not help.',
    },
    busyFor: (seconds) =>
      `Try again in ${seconds < 60 ? plural(seconds, 'second') : `about ${plural(Math.ceil(seconds / 60), 'minute')}`}. Payments and visits you submitted are safe.`,
    'city-error': {
      title: 'The city’s system has a problem',
      text: 'You did nothing wrong. Payments and visits you submitted are safe. Try again shortly.',
    },
    'not-json': {
      title: 'The answer made no sense',
      text: 'Your Wi-Fi may ask you to sign in, or the city is under maintenance. Use another network or try later.',
    },
    'contract-broken': {
      title: 'The data we got is wrong',
      text: 'We do not show it, so that you never see a wrong amount or time. Try later or contact the service line.',
    },
    'too-large': {
      title: 'The answer is too large',
      text: 'It can not be shown on a phone. Please contact the service line.',
    },
    'signed-out': {
      title: 'Could not sign you in',
      text: 'Try again. If it still fails, open this mini-program from WeChat or Alipay once more.',
    },
    refused: { title: 'Not possible right now', text: 'The city did not accept this request.' },
    'no-city': { title: 'This city has not joined yet', text: 'Choose another city, or call the local 12345 line.' },
    'app-error': {
      title: 'Something broke in the app',
      text: 'You did nothing wrong. Payments and visits you submitted are safe.',
    },
    notFound: { title: 'Not found', text: 'It may have been removed, or it belongs to somebody else.' },
    readOnly: {
      title: 'Read-only for now',
      text: 'The city is under maintenance. Paying and booking come back afterwards.',
    },
    badLink: { title: 'This link does not work', text: 'It is incomplete or out of date. Please start from home.' },
    refreshFailed: 'Could not update. Showing earlier data',
  },
})
