import { defineText, plural } from '..'

/** What this phone keeps. */
export const phone = defineText({
  'zh-CN': {
    title: '手机里保存的内容',
    lead: '只保存这些，其余都在城市的系统里。可以一项一项清除。',
    none: '手机里是空的',
    kinds: {
      recent: '最近看过的账单、预约和记录',
      names: '打码后的姓名',
      ticks: '勾选过的材料',
      city: '选择的城市',
      settings: '显示与语言',
      privacy: '隐私提示的选择',
      payments: '支付记录',
      other: '其他版本留下的内容',
    },
    notes: {
      recent: '没有网络时也能查看。最多 60 项，旧的先删；换人登录时删除。',
      names: '用来问好。城市给出新的姓名时更新，退出时删除。',
      ticks: '预约前准备材料用。清除前一直保存。',
      city: '打开时直接进入。最多记 6 座，清除前一直保存。',
      settings: '清除前一直保存。',
      privacy: '您同意过使用位置、相机等。清除后会再问您。',
      payments: '单号和金额，中断后用来核对。结束 30 天后删除。',
      other: '清除前一直保存。',
    },
    count: (count: number) => `${count} 项`,
    open: (count: number) => `${count} 笔正在确认`,
    openText: (count: number) =>
      `有 ${count} 笔支付还没有结果，钱可能正在路上，所以它们的记录不能清除。有结果后 30 天自动删除。`,
    clearAsk: (what: string) => `清除“${what}”？`,
    clear: '清除',
    clearAll: '全部清除',
    clearAllText: '城市系统里的信息、绑定的户号和已提交的业务不受影响。正在确认的支付记录会保留。',
    cleared: '已清除',
  },
  en: {
    title: 'What is kept on this phone',
    lead: 'Only this. Everything else is in the city’s system. You can clear each on its own.',
    none: 'Nothing is kept on this phone',
    kinds: {
      recent: 'Bills, visits and records seen last',
      names: 'Your masked name',
      ticks: 'Documents you ticked',
      city: 'The city you chose',
      settings: 'Display and language',
      privacy: 'Your answer to the privacy question',
      payments: 'Notes of payments',
      other: 'Left by another version',
    },
    notes: {
      recent: 'For when there is no network. Up to 60, the oldest go first; removed when someone else signs in.',
      names: 'To greet you. Renewed when the city sends another, removed when you sign out.',
      ticks: 'For preparing a visit. Kept until you clear it.',
      city: 'To open there. Up to 6, kept until you clear them.',
      settings: 'Kept until you clear it.',
      privacy: 'You agreed to the use of location, camera and such. You are asked again after clearing.',
      payments: 'Number and amount, to check a payment after an interruption. Removed 30 days after it ends.',
      other: 'Kept until you clear it.',
    },
    count: (count) => plural(count, 'entry', 'entries'),
    open: (count) => `${count} being checked`,
    openText: (count) =>
      `${plural(count, 'payment has', 'payments have')} no result yet and money may be moving, so these notes cannot be cleared. They are removed 30 days after the result.`,
    clearAsk: (what) => `Clear “${what}”?`,
    clear: 'Clear',
    clearAll: 'Clear all',
    clearAllText:
      'What is in the city’s system, your accounts and what you submitted are not touched. Notes of payments being checked stay.',
    cleared: 'Cleared',
  },
})
