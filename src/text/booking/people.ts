import { defineText } from '..'

/** Several people in one visit. */
export const people = defineText({
  'zh-CN': {
    howMany: '几个人一起办',
    upTo: (most: number) => `一次预约最多 ${most} 人`,
    each: '每人占一个名额，名额不足的时间不能选。',
    persons: '人数',
    feeEach: (amount: string) => `每人 ${amount}`,
    count: (persons: number) => `${persons} 人`,
    onlyLeft: (places: number) => `仅余 ${places}`,
    noRoom: (persons: number) => `不够 ${persons} 人`,
    noRoomShort: '不够',
    dayFull: (persons: number) => `当天没有够 ${persons} 人的时间`,
  },
  en: {
    howMany: 'How many people?',
    upTo: (most) => `Up to ${most} people per visit`,
    each: 'Each person takes a place. Times without room for all of you cannot be chosen.',
    persons: 'People',
    feeEach: (amount) => `${amount} per person`,
    count: (persons) => (persons === 1 ? '1 person' : `${persons} people`),
    onlyLeft: (places) => `Only ${places} left`,
    noRoom: (persons) => `No room for ${persons}`,
    noRoomShort: 'No room',
    dayFull: (persons) => `No time on this day has room for ${persons} people`,
  },
})
