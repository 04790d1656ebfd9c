import { defineText, plural } from '..'

/** What to say when a city gave no usable answer. `at` says where: a sentence about money or a slot is added by the page. */
export const failures = defineText({
  'zh-CN': {
    offline: { title: '网络不通', text: '请检查手机网络，然后重试。已提交的支付和预约不受影响。' },
    timeout: { title: '等待超时', text: '网络较慢或城市系统繁忙。已提交的支付和预约不受影响，请稍后重试。' },
    cancelled: { title: '已停止等待', text: '需要时可以重试。' },
    busy: { title: '现在办理的人很多', text: '系统正在排队处理，请稍等片刻再试，不用反复点按。' },
    tooMany: '操作太频繁',
    busyFor: (seconds: number) =>
      `请等待${seconds < 60 ? `${seconds} 秒` : `约 ${Math.ceil(seconds / 60)} 分钟`}后再试。已提交的支付和预约不受影响。`,
    'city-error': { title: '城市系统暂时不可用', text: '不是您的操作有误。已提交的支付和预约不受影响，请稍后重试。' },
    'not-json': {
      title: '未能收到正确的答复',
      text: '可能是所连的 Wi-Fi 需要登录，或城市系统正在维护。请换个网络或稍后重试。',
    },
    'contract-broken': {
      title: '收到的内容有误',
      text: '为避免显示错误的金额或时间，我们没有显示它。请稍后再试，或联系客服。',
    },
    'app-outdated': {
      title: '请更新小程序',
      text: '这座城市已升级，这个版本未能打开它。请关闭小程序后重新打开；如仍不行，请更新微信或支付宝。已提交的支付和预约不受影响，急事请拨打当地 12345。',
    },
    'too-large': { title: '收到的内容过大', text: '无法在手机上显示。请联系客服。' },
    'signed-out': { title: '未能登录', text: '请重试。如果仍未能登录，请从微信或支付宝重新打开本小程序。' },
    refused: { title: '未能办理', text: '城市没有接受这次办理。' },
    'no-city': { title: '这座城市尚未开通', text: '请选择其他城市，或拨打当地的 12345。' },
    'app-error': { title: '程序出错了', text: '不是您的操作有误。已提交的支付和预约不受影响。' },
    notFound: { title: '未能找到', text: '它可能已被删除，或不属于当前登录的您。' },
    readOnly: { title: '目前只能查询', text: '城市系统正在维护，暂不能缴费和预约。恢复后即可办理。' },
    badLink: { title: '未能打开链接', text: '链接不完整或已失效。请从首页重新进入。' },
    unopened: {
      title: '未能打开页面',
      text: '网络不稳定，这一页还没有下载完。请检查网络后重试。已提交的支付和预约不受影响。',
    },
    refreshFailed: '未能更新，显示的是之前的内容',
  },
  en: {
    offline: {
      title: 'No connection',
      text: 'Check your network and try again. Payments and visits you have submitted are safe.',
    },
    timeout: {
      title: 'No response in time',
      text: 'The network is slow or the city’s system is busy. Payments and visits you have submitted are safe. Please try again later.',
    },
    cancelled: { title: 'Stopped waiting', text: 'You can try again at any time.' },
    busy: {
      title: 'Many people are using this now',
      text: 'Please wait a moment and try again. Tapping repeatedly does not help.',
    },
    tooMany: 'Too many requests',
    busyFor: (seconds) =>
      `Try again in ${seconds < 60 ? plural(seconds, 'second') : `about ${plural(Math.ceil(seconds / 60), 'minute')}`}. Payments and visits you submitted are safe.`,
    'city-error': {
      title: 'The city’s system is unavailable',
      text: 'This is not your fault. Payments and visits you have submitted are safe. Please try again later.',
    },
    'not-json': {
      title: 'Unexpected response',
      text: 'Your Wi-Fi may require you to sign in, or the city’s system is under maintenance. Try another network, or try again later.',
    },
    'contract-broken': {
      title: 'Incorrect data received',
      text: 'We are not showing it, so that you never see a wrong amount or time. Try again later or call the service line.',
    },
    'app-outdated': {
      title: 'Please update the app',
      text: 'This city has been upgraded, and this version cannot open it. Close the mini-program and open it again; if that does not help, update WeChat or Alipay. Payments and visits you submitted are safe. For urgent matters call 12345.',
    },
    'too-large': {
      title: 'Too much data received',
      text: 'It cannot be shown on a phone. Please call the service line.',
    },
    'signed-out': {
      title: 'Could not sign you in',
      text: 'Please try again. If it still fails, reopen this mini-program from WeChat or Alipay.',
    },
    refused: { title: 'Could not be completed', text: 'The city did not accept this request.' },
    'no-city': { title: 'This city has not joined yet', text: 'Choose another city, or call the local 12345 line.' },
    'app-error': {
      title: 'The app has a problem',
      text: 'This is not your fault. Payments and visits you have submitted are safe.',
    },
    notFound: { title: 'Not found', text: 'It may have been removed, or it belongs to someone else.' },
    readOnly: {
      title: 'View only for now',
      text: 'The city’s system is under maintenance. You can pay and book when it ends.',
    },
    badLink: {
      title: 'Could not open this link',
      text: 'The link is incomplete or out of date. Please start from home.',
    },
    unopened: {
      title: 'Could not open the page',
      text: 'The network is unstable and the page has not been downloaded yet. Check your network and try again. Payments and appointments you submitted are safe.',
    },
    refreshFailed: 'Could not update. Showing earlier information',
  },
})
