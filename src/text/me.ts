import { defineText } from '.'

export const me = defineText({
  'zh-CN': {
    hello: (name: string) => `您好，${name}`,
    helloUnknown: '您好',
    helloText: '身份信息由城市保管，这里只显示打码后的姓名。',
    counters: (noShows: number, limit: number) => `本月爽约 ${noShows} 次，满 ${limit} 次将暂停预约`,
    blocked: (date: string) => `因爽约，${date}前暂停预约`,
    display: '显示与语言',
    displayNote: '大字、深色、高对比度、语言',
    about: '关于',
    privacy: '隐私说明',
    help: '遇到问题',
    callHotline: (number: string) => `拨打 ${number}`,
    elderOn: '长辈版',
    elderOnNote: '字更大，页面更简单',
  },
  en: {
    hello: (name) => `Hello, ${name}`,
    helloUnknown: 'Hello',
    helloText: 'Your identity is kept by the city. Only a masked name is shown here.',
    counters: (noShows, limit) => `Missed visits this month: ${noShows} (booking pauses at ${limit})`,
    blocked: (date) => `Booking is paused until ${date} because of missed visits`,
    display: 'Display and language',
    displayNote: 'Large text, dark, high contrast, language',
    about: 'About',
    privacy: 'Privacy',
    help: 'Need help?',
    callHotline: (number) => `Call ${number}`,
    elderOn: 'Simple mode',
    elderOnNote: 'Larger text, simpler pages',
  },
})
