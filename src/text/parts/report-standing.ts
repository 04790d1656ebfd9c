import { defineText } from '..'

/** Where a report stands, in a word or two: on pages of what it is about, and in the list. */
export const reportStanding = defineText({
  'zh-CN': {
    own: '我的反馈',
    standing: {
      waiting: '等待答复',
      overdue: '超过承诺时间',
      answered: '已答复',
      closed: '已解决',
      unlisted: '请向城市确认',
    },
    sentOn: (time: string) => `${time} 提交`,
  },
  en: {
    own: 'My report',
    standing: {
      waiting: 'Awaiting an answer',
      overdue: 'Answer is late',
      answered: 'Answered',
      closed: 'Solved',
      unlisted: 'Ask the city',
    },
    sentOn: (time) => `Sent ${time}`,
  },
})
