import { defineText } from '.'

/** Bills side by side: what an account cost in two years, all bills of a city, several to pay at once. */
export const billLists = defineText({
  'zh-CN': {
    usage: {
      title: '近两年账单',
      show: '显示',
      amount: '金额',
      quantity: '用量',
      thisYear: '近 12 个月',
      lastYear: '上一年同月',
      none: '没有账单',
      total: (amount: string) => `近 12 个月共 ${amount}`,
      more: (amount: string) => `比上一年多 ${amount}`,
      less: (amount: string) => `比上一年少 ${amount}`,
      same: '与上一年相同',
      highest: (month: string, amount: string) => `最高 ${month} ${amount}`,
      lowest: (month: string, amount: string) => `最低 ${month} ${amount}`,
      monthOf: (month: string) => `${Number(month)}`,
      before: (value: string) => `上一年同月 ${value}`,
      list: '逐月查看',
      hide: '收起',
      failed: '没能读到近两年的账单',
    },
  },
  en: {
    usage: {
      title: 'The last two years',
      show: 'Show',
      amount: 'Amount',
      quantity: 'Usage',
      thisYear: 'Last 12 months',
      lastYear: 'A year before',
      none: 'no bill',
      total: (amount) => `${amount} in the last 12 months`,
      more: (amount) => `${amount} more than the year before`,
      less: (amount) => `${amount} less than the year before`,
      same: 'the same as the year before',
      highest: (month, amount) => `highest ${month}, ${amount}`,
      lowest: (month, amount) => `lowest ${month}, ${amount}`,
      monthOf: (month) => `${Number(month)}`,
      before: (value) => `a year before ${value}`,
      list: 'Month by month',
      hide: 'Close the list',
      failed: 'Could not read the last two years',
    },
  },
})
