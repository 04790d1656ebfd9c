import { defineText } from '..'

/** All bills of a city. */
export const list = defineText({
  'zh-CN': {
    title: '全部账单',
    search: '账单、单位或备注名',
    status: '状态',
    all: '全部',
    open: '未缴清',
    settled: '已缴清',
    kind: '类别',
    allKinds: '所有类别',
    none: '没有账单',
    noneText: '绑定户号后，账单会出现在这里。',
    noneFound: '没有符合条件的账单',
    noneFoundText: '请换个条件再试。没有找到，不表示没有欠费。',
    moreFailed: '未能读取更早的账单',
  },
  en: {
    title: 'All bills',
    search: 'Bill, biller or nickname',
    status: 'Status',
    all: 'All',
    open: 'Not settled',
    settled: 'Settled',
    kind: 'Type',
    allKinds: 'All types',
    none: 'No bills',
    noneText: 'Bills appear here once you have added an account.',
    noneFound: 'No matching bills',
    noneFoundText: 'Try other words or filters. This does not mean that nothing is due.',
    moreFailed: 'Could not load earlier bills',
  },
})
