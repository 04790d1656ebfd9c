import { both } from './both'
import type { QuestionSeed } from './materials'

/** What a city asks so that the checklist fits the citizen's own situation. */
export const question = {
  who: {
    id: 'who',
    text: both('由谁来办理？', 'Who will attend?'),
    options: [
      { id: 'self', text: both('本人', 'Myself') },
      { id: 'proxy', text: both('委托他人', 'Someone on my behalf') },
    ],
  },
  married: {
    id: 'married',
    text: both('您的婚姻状况是？', 'Are you married?'),
    options: [
      { id: 'yes', text: both('已婚', 'Married') },
      { id: 'no', text: both('未婚或离异', 'Single or divorced') },
    ],
  },
  oldCard: {
    id: 'old-card',
    text: both('原来的证件还在吗？', 'Do you still have the old card or document?'),
    options: [
      { id: 'here', text: both('还在', 'Yes') },
      { id: 'lost', text: both('已遗失', 'No, it is lost') },
    ],
  },
  age: {
    id: 'age',
    text: both('申请人满 16 周岁了吗？', 'Is the applicant 16 or older?'),
    options: [
      { id: 'adult', text: both('已满 16 周岁', '16 or older') },
      { id: 'minor', text: both('未满 16 周岁', 'Under 16') },
    ],
  },
  firstTime: {
    id: 'first-time',
    text: both('这次是首次申领还是换发？', 'Is this a first application or a renewal?'),
    options: [
      { id: 'first', text: both('首次申领', 'First application') },
      { id: 'renewal', text: both('到期换发', 'Renewal') },
    ],
  },
  moveIn: {
    id: 'move-in',
    text: both('迁入的原因是？', 'Why are you moving in?'),
    options: [
      { id: 'own-home', text: both('在本市有自有住房', 'I own a home here') },
      { id: 'spouse', text: both('投靠配偶', 'To join my spouse') },
    ],
  },
  lease: {
    id: 'lease',
    text: both('您租住的是？', 'What do you rent?'),
    options: [
      { id: 'market', text: both('市场租房', 'Private rental') },
      { id: 'public', text: both('公共租赁住房', 'Public housing') },
    ],
  },
  change: {
    id: 'change',
    text: both('要变更什么？', 'What do you need to change?'),
    options: [
      { id: 'address', text: both('经营住所', 'Business address') },
      { id: 'other', text: both('名称、法人或经营范围', 'Name, legal representative or business scope') },
    ],
  },
} as const satisfies Record<string, QuestionSeed>
