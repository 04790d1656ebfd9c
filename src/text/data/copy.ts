import { defineText, plural } from '..'

/** A copy of all that the city keeps about the citizen. */
export const copy = defineText({
  'zh-CN': {
    title: '我的信息副本',
    lead: '城市系统里关于您的全部信息，完整、不打码。',
    before: '内容包括姓名、手机号、户号、缴费和预约。请在没有旁人时查看。',
    noted: '每次获取都会记入“谁用了我的信息”。',
    get: '获取副本',
    again: '重新获取',
    failed: '未能获取副本',
    taken: (time: string) => `${time} 获取`,
    count: (count: number) => `${count} 条`,
    record: (index: number) => `第 ${index} 条`,
    rest: (count: number) => `还有 ${count} 条，在复制的文字里。`,
    copyAll: '复制为文字',
    copyNote: '复制后可以粘贴到备忘录或发给自己。其他应用可能读到剪贴板，用完请清空。',
    notCopied: '未能复制。内容可能太长，请到城市的服务大厅索取。',
    none: '城市系统里没有您的信息',
  },
  en: {
    title: 'A copy of my data',
    lead: 'All that the city’s system keeps about you, complete and not masked.',
    before: 'It includes your name, phone number, accounts, payments and visits. Open it when nobody looks on.',
    noted: 'Each copy is noted under “Who used my data”.',
    get: 'Get the copy',
    again: 'Get it again',
    failed: 'Could not get the copy',
    taken: (time) => `Taken ${time}`,
    count: (count) => plural(count, 'record'),
    record: (index) => `Record ${index}`,
    rest: (count) => `${plural(count, 'more record')} in the copied text.`,
    copyAll: 'Copy as text',
    copyNote:
      'Paste it into a note or send it to yourself. Other apps may read the clipboard: empty it when you are done.',
    notCopied: 'Could not copy. The text may be too long: please ask for it at a service hall of the city.',
    none: 'The city keeps nothing about you',
  },
})
