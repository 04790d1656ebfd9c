import { defineText } from '..'

export const consent = defineText({
  'zh-CN': {
    title: '隐私保护提示',
    text: '接下来要用到的功能（例如位置、扫码）涉及您的个人信息。我们只在您使用时获取，不作他用。',
    more: '查看隐私说明',
    agree: '同意并继续',
    disagree: '不同意',
    without: '不同意也能使用其他功能。',
    refused: '不同意：',
    reason: { withdrawn: '您撤回过这项同意。', 'new-text': '内容有更新。', unlisted: '' },
    version: (version: number, sensitive: boolean) =>
      `${sensitive ? '敏感个人信息，' : ''}第 ${version} 版，可随时在“隐私与个人信息”里撤回`,
  },
  en: {
    title: 'Your privacy',
    text: 'The next step (such as location or the camera) uses your personal information. We use it only for that purpose.',
    more: 'Read about privacy',
    agree: 'Agree and continue',
    disagree: 'Disagree',
    without: 'You can still use everything else.',
    refused: 'If you disagree: ',
    reason: {
      withdrawn: 'You withdrew this consent.',
      'new-text': 'The text has changed.',
      unlisted: '',
    },
    version: (version, sensitive) =>
      `${sensitive ? 'Sensitive data. ' : ''}Version ${version}. Withdraw at any time under “Privacy and my data”.`,
  },
})
