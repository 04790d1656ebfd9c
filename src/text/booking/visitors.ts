import { defineText } from '..'

/** People whom the citizen books for, kept by the city. */
export const visitors = defineText({
  'zh-CN': {
    title: '常用办事人',
    lead: '由城市为您保管，预约时直接选用。手机里不保存，证件号码只保留首尾几位。',
    who: '谁来办',
    somebodyElse: '填写其他人',
    manage: '管理常用办事人',
    save: '保存为常用办事人',
    saveNote: '同意由城市保管姓名、电话和证件（仅首尾几位），只用于下次预约，可随时移除。',
    none: '还没有常用办事人',
    noneText: '预约时勾选“保存为常用办事人”，下次就不用再填。',
    remove: '移除',
    removeAsk: (name: string) => `移除 ${name} 吗？`,
    removeText: '城市将删除保管的资料。已有的预约不受影响。',
    removed: '已移除',
    removeFailed: '未能移除，请再试一次',
    keep: '保留',
    notOffered: '这座城市不保管办事人资料',
    notOfferedText: '预约时请每次填写。',
  },
  en: {
    title: 'People you book for',
    lead: 'The city keeps them so that you can choose them when booking. Nothing is kept on this phone, and only the ends of document numbers.',
    who: 'Who is coming?',
    somebodyElse: 'Someone else',
    manage: 'Manage people you book for',
    save: 'Save this person',
    saveNote:
      'You agree that the city keeps the name, phone and document (only the ends of its number) for your next booking. You can remove it at any time.',
    none: 'Nobody saved yet',
    noneText: 'Tick “Save this person” when you book, and you will not have to fill it in again.',
    remove: 'Remove',
    removeAsk: (name) => `Remove ${name}?`,
    removeText: 'The city deletes what it keeps. Visits that are booked stay.',
    removed: 'Removed',
    removeFailed: 'Could not remove. Please try again',
    keep: 'Keep',
    notOffered: 'This city keeps nobody for you',
    notOfferedText: 'Fill in the details each time you book.',
  },
})
