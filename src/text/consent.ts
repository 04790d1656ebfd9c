import { defineText } from '.'

export const consent = defineText({
  'zh-CN': {
    title: '隐私保护提示',
    text: '接下来要用到的功能（例如位置、扫码）涉及您的个人信息。我们只在您使用时获取，不作他用。',
    more: '查看隐私说明',
    agree: '同意并继续',
    disagree: '不同意',
    without: '不同意也能使用其他功能。',
  },
  en: {
    title: 'Your privacy',
    text: 'What comes next (such as your location or the camera) touches personal data. We use it only for this.',
    more: 'About privacy',
    agree: 'Agree and go on',
    disagree: 'Not now',
    without: 'Everything else works without it.',
  },
})
