import { both } from '../../city/booking/both'
import type { OwnDay } from '../../city/booking/slot-plan'
import type { TicketSeed } from '../../city/tickets/tables'
import type { Words } from '../../city/words'
import type { OpeningHours } from '../../contract/wire/types.gen'

type CounterSeed = { id: string; slotMinutes: number; capacity: number }

export type HallSeed = {
  id: string
  name: Words
  district: Words
  address: Words
  phone: string
  latitude: number
  longitude: number
  hours: OpeningHours[]
  /** Closed on the last Friday of each month, and why. */
  maintenance?: Words
  ownDays?: OwnDay[]
  /** `old`: the counting machine stopped hours ago; `none`: the hall does not count. */
  queue: 'live' | 'old' | 'none'
  /** Numbers of its queue can be taken from home. */
  tickets?: TicketSeed
  counters: CounterSeed[]
}

const counter = (id: string, slotMinutes: number, capacity: number): CounterSeed => ({ id, slotMinutes, capacity })

const tickets = (more: Partial<TicketSeed> = {}): TicketSeed => ({
  dailyNumbers: 60,
  numbersPerPerson: 3,
  calledAgainAfter: 3,
  lastMinutes: 30,
  paceSeconds: 120,
  ...more,
})

const weekdays = [1, 2, 3, 4, 5]
const allDay: OpeningHours[] = [{ weekdays, from: '09:00', to: '17:00' }]
const noonBreak: OpeningHours[] = [
  { weekdays, from: '09:00', to: '12:00' },
  { weekdays, from: '13:30', to: '17:00' },
]
const withSaturday: OpeningHours[] = [...noonBreak, { weekdays: [6], from: '09:00', to: '12:00' }]
/** Harbin opens early and closes early in winter. */
const northern: OpeningHours[] = [
  { weekdays, from: '08:30', to: '11:30' },
  { weekdays, from: '13:00', to: '16:30' },
]

const hangzhou: HallSeed[] = [
  {
    id: '9007199254740995',
    name: both('杭州市民中心办事大厅', 'Hangzhou Citizens’ Centre'),
    district: both('上城区', 'Shangcheng'),
    address: both('上城区解放东路18号市民中心G座', 'Block G, 18 Jiefang East Road, Shangcheng'),
    phone: '0571-85085085',
    latitude: 30.2457,
    longitude: 120.2108,
    hours: allDay,
    queue: 'live',
    counters: [
      counter('household', 30, 20),
      counter('estate', 60, 12),
      counter('social', 30, 10),
      counter('fund', 30, 10),
      counter('market', 60, 8),
      counter('exit', 30, 12),
      counter('medical', 30, 6),
      counter('tax', 30, 8),
    ],
  },
  {
    id: '9007199254740997',
    name: both(
      '杭州市西湖区人民政府政务服务中心（蒋村街道联合办事大厅暨不动产登记与公积金业务综合受理点）',
      'Government Service Centre of Xihu District, Hangzhou (joint hall of Jiangcun Subdistrict, also receiving real estate registration and housing provident fund matters)',
    ),
    district: both('西湖区', 'Xihu'),
    address: both(
      '西湖区蒋村街道文二西路 718 号西溪创意大厦 1 号楼裙房一层至三层（地铁 5 号线蒋村站 C 口步行 350 米）',
      'Floors 1 to 3, Building 1, Xixi Creative Tower, 718 Wen’er West Road, Jiangcun (350 m from exit C of Jiangcun station, line 5)',
    ),
    phone: '0571-87935100',
    latitude: 30.2875,
    longitude: 120.0716,
    hours: noonBreak,
    queue: 'live',
    tickets: tickets(),
    counters: [counter('household', 30, 8), counter('estate', 60, 6), counter('social', 30, 6), counter('fund', 30, 6)],
  },
  {
    id: '9007199254740999',
    name: both('拱墅区政务服务中心', 'Gongshu Government Service Centre'),
    district: both('拱墅区', 'Gongshu'),
    address: both('拱墅区台州路1号', '1 Taizhou Road, Gongshu'),
    phone: '0571-88259500',
    latitude: 30.3191,
    longitude: 120.1419,
    hours: withSaturday,
    ownDays: [
      {
        on: '12-31',
        hours: [{ from: '09:00', to: '12:00' }],
        reason: both('年终结账，下午不对外办理', 'Closed in the afternoon: end of the year'),
      },
    ],
    queue: 'old',
    counters: [
      counter('household', 30, 8),
      counter('social', 30, 6),
      counter('market', 60, 4),
      counter('medical', 30, 4),
    ],
  },
  {
    id: '9007199254741001',
    name: both('滨江区行政服务中心', 'Binjiang Administrative Service Centre'),
    district: both('滨江区', 'Binjiang'),
    address: both('滨江区泰安路200号', '200 Tai’an Road, Binjiang'),
    phone: '0571-87702100',
    latitude: 30.2084,
    longitude: 120.2118,
    hours: noonBreak,
    maintenance: both('每月最后一个周五系统维护', 'System maintenance on the last Friday of the month'),
    queue: 'none',
    counters: [counter('market', 60, 6), counter('tax', 30, 6), counter('fund', 30, 4), counter('household', 30, 6)],
  },
  {
    id: '9007199254741003',
    name: both('杭州市公安局出入境办证大厅', 'Exit and Entry Hall of Hangzhou Public Security'),
    district: both('上城区', 'Shangcheng'),
    address: both('上城区华光路35号', '35 Huaguang Road, Shangcheng'),
    phone: '0571-87280480',
    latitude: 30.2412,
    longitude: 120.1735,
    hours: withSaturday,
    ownDays: [
      { on: '10-02', hours: [{ from: '09:00', to: '12:00' }], reason: both('节日值班', 'Open on duty in the holiday') },
    ],
    queue: 'live',
    tickets: tickets({ level: 'real-name', calledAgainAfter: 0, dailyNumbers: 40 }),
    counters: [counter('exit', 30, 16)],
  },
  {
    id: '9007199254741005',
    name: both('萧山区不动产登记服务中心', 'Xiaoshan Real Estate Registration'),
    district: both('萧山区', 'Xiaoshan'),
    address: both('萧山区金城路528号', '528 Jincheng Road, Xiaoshan'),
    phone: '0571-82717171',
    latitude: 30.1851,
    longitude: 120.2647,
    hours: noonBreak,
    queue: 'live',
    counters: [counter('estate', 60, 8), counter('tax', 30, 6)],
  },
]

const chengdu: HallSeed[] = [
  {
    id: '9007199254741101',
    name: both('成都市市民服务中心', 'Chengdu Citizens’ Service Centre'),
    district: both('武侯区', 'Wuhou'),
    address: both('高新区锦城大道366号', '366 Jincheng Avenue, High-tech Zone'),
    phone: '028-86924110',
    latitude: 30.5742,
    longitude: 104.0658,
    hours: allDay,
    queue: 'live',
    counters: [
      counter('household', 30, 16),
      counter('estate', 60, 10),
      counter('social', 30, 10),
      counter('fund', 30, 8),
      counter('market', 60, 8),
      counter('medical', 30, 6),
    ],
  },
  {
    id: '9007199254741103',
    name: both('锦江区政务服务中心', 'Jinjiang Government Service Centre'),
    district: both('锦江区', 'Jinjiang'),
    address: both('锦江区佳宏路66号', '66 Jiahong Road, Jinjiang'),
    phone: '028-86625190',
    latitude: 30.6102,
    longitude: 104.1088,
    hours: noonBreak,
    queue: 'live',
    tickets: tickets({ numbersPerPerson: 2 }),
    counters: [
      counter('household', 30, 6),
      counter('social', 30, 6),
      counter('medical', 30, 4),
      counter('traffic', 20, 5),
    ],
  },
  {
    id: '9007199254741105',
    name: both('成都市公安局出入境管理局接待大厅', 'Exit and Entry Hall of Chengdu Public Security'),
    district: both('青羊区', 'Qingyang'),
    address: both('青羊区人民西路2号', '2 Renmin West Road, Qingyang'),
    phone: '028-86407067',
    latitude: 30.6626,
    longitude: 104.0617,
    hours: withSaturday,
    queue: 'none',
    counters: [counter('exit', 20, 10)],
  },
  {
    id: '9007199254741107',
    name: both('双流区不动产登记中心', 'Shuangliu Real Estate Registration'),
    district: both('双流区', 'Shuangliu'),
    address: both('双流区顺城街66号', '66 Shuncheng Street, Shuangliu'),
    phone: '028-85822018',
    latitude: 30.5746,
    longitude: 103.9237,
    hours: noonBreak,
    queue: 'old',
    counters: [counter('estate', 60, 6), counter('fund', 30, 4)],
  },
]

const harbin: HallSeed[] = [
  {
    id: '9007199254741201',
    name: both('哈尔滨市政务服务中心', 'Harbin Government Service Centre'),
    district: both('松北区', 'Songbei'),
    address: both('松北区世纪大道1号', '1 Shiji Avenue, Songbei'),
    phone: '0451-86772345',
    latitude: 45.8026,
    longitude: 126.5168,
    hours: northern,
    queue: 'live',
    counters: [counter('social', 30, 8), counter('market', 60, 6), counter('housing', 30, 10), counter('fund', 30, 6)],
  },
  {
    id: '9007199254741203',
    name: both('南岗区政务服务中心', 'Nangang Government Service Centre'),
    district: both('南岗区', 'Nangang'),
    address: both('南岗区果戈里大街286号', '286 Gogol Street, Nangang'),
    phone: '0451-82736666',
    latitude: 45.7602,
    longitude: 126.6693,
    hours: northern,
    queue: 'none',
    counters: [counter('household', 30, 8), counter('social', 30, 5), counter('medical', 30, 4)],
  },
  {
    id: '9007199254741205',
    name: both('道里区不动产登记分中心', 'Daoli Real Estate Registration'),
    district: both('道里区', 'Daoli'),
    address: both('道里区群力第五大道1788号', '1788 Qunli Fifth Avenue, Daoli'),
    phone: '0451-84557788',
    latitude: 45.7381,
    longitude: 126.5527,
    hours: northern,
    queue: 'old',
    counters: [counter('estate', 60, 6), counter('tax', 30, 4), counter('housing', 30, 6)],
  },
]

const sanya: HallSeed[] = [
  {
    id: '9007199254741301',
    name: both('三亚市政务服务中心', 'Sanya Government Service Centre'),
    district: both('吉阳区', 'Jiyang'),
    address: both('吉阳区新风街259号', '259 Xinfeng Street, Jiyang'),
    phone: '0898-88980009',
    latitude: 18.2577,
    longitude: 109.5119,
    hours: noonBreak,
    queue: 'none',
    counters: [
      counter('household', 30, 8),
      counter('social', 30, 6),
      counter('market', 60, 4),
      counter('estate', 60, 4),
    ],
  },
  {
    id: '9007199254741303',
    name: both('崖州区便民服务中心', 'Yazhou Service Centre'),
    district: both('崖州区', 'Yazhou'),
    address: both('崖州区崖城镇府前路1号', '1 Fuqian Road, Yazhou'),
    phone: '0898-88830010',
    latitude: 18.3577,
    longitude: 109.1722,
    hours: noonBreak,
    queue: 'none',
    counters: [counter('household', 30, 4), counter('medical', 30, 4), counter('traffic', 20, 4)],
  },
]

/** The halls of each sandbox city, by adcode. */
export const hallSeed: Record<string, HallSeed[]> = {
  330100: hangzhou,
  510100: chengdu,
  230100: harbin,
  460200: sanya,
}
