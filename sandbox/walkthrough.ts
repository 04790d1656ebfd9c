import type { Words } from '../city/words'
import type { FaultName } from './faults'

/** One thing to try: what to switch on (nothing, where the till or the clock is enough), what to do then and what must be seen. */
type Step = { fault?: FaultName; also?: FaultName; todo: Words; expect: Words }
type Row = { row: string; title: Words; steps: Step[] }

/** The rows of FAILURES.md for people: each can be seen in the preview. Every fault stands in one of them. */
export const walkthrough: Row[] = [
  {
    row: 'M1',
    title: { zh: '一张账单，只付一次', en: 'One bill, one payment' },
    steps: [
      {
        fault: 'lost-answer',
        todo: { zh: '选“一次”，然后缴一笔账单。', en: 'Choose "once", then pay a bill.' },
        expect: {
          zh: '支付自己继续；支付列表里只有一笔。',
          en: 'The payment goes on by itself; the list of payments holds one.',
        },
      },
      {
        fault: 'somebody-paying',
        todo: { zh: '缴一笔账单。', en: 'Pay a bill.' },
        expect: {
          zh: '提示别人正在缴，没有扣款，过一会再看。',
          en: 'Someone else is paying this bill; nothing was charged.',
        },
      },
      {
        todo: { zh: '在两个窗口打开同一张账单，都去缴费。', en: 'Open the same bill in two windows and pay in both.' },
        expect: { zh: '两边是同一个支付单号。', en: 'Both show the same order number.' },
      },
    ],
  },
  {
    row: 'M2',
    title: { zh: '收银台不知道结果', en: 'The payment page does not know' },
    steps: [
      {
        fault: 'unknown-result',
        todo: { zh: '在收银台付款，过一会关掉这一项。', en: 'Pay at the till. Switch it off after a while.' },
        expect: {
          zh: '显示“正在核对，请勿重复支付”，没有支付按钮；随后不用点，自己变成已支付。',
          en: '"Checking. Please do not pay again", no pay button; then paid, without a tap.',
        },
      },
    ],
  },
  {
    row: 'M3',
    title: { zh: '提示取消，钱却付了', en: '"Cancelled", and money moved' },
    steps: [
      {
        fault: 'cancelled-but-paid',
        todo: { zh: '在收银台点取消。', en: 'Press cancel at the till.' },
        expect: { zh: '显示已支付，绝不显示“未支付”。', en: 'Paid, never "not paid".' },
      },
    ],
  },
  {
    row: 'M4',
    title: { zh: '应用在收银台被杀掉', en: 'App killed on the payment page' },
    steps: [
      {
        fault: 'app-killed',
        todo: { zh: '在收银台付款，预览会重新启动。', en: 'Pay at the till: the preview restarts.' },
        expect: {
          zh: '先把这笔支付查清楚，再提供别的。',
          en: 'The payment is checked to its end before anything else is offered.',
        },
      },
    ],
  },
  {
    row: 'M5',
    title: { zh: '已支付，未入账', en: 'Paid, not credited' },
    steps: [
      {
        fault: 'paid-not-credited',
        todo: {
          zh: '付款，然后把时钟拨过承诺时间（杭州电费 10 分钟）。',
          en: 'Pay, then move the clock past the promise (Hangzhou electricity: 10 min).',
        },
        expect: {
          zh: '两个时间分开显示；超过承诺时间可以反馈，内容已填好。',
          en: 'Two clocks; past the promise a report, filled in.',
        },
      },
      {
        fault: 'ebill-failed',
        todo: {
          zh: '付款，时钟拨快 10 分钟，从缴费凭证打开“电子发票”并申请。',
          en: 'Pay, move the clock by 10 min, open the invoice from the receipt and ask for it.',
        },
        expect: {
          zh: '缴费凭证有效；正式票证未能开具，并说明怎么办。',
          en: 'The receipt is valid; the official one could not be issued, and what to do.',
        },
      },
      {
        fault: 'ebill-silent',
        todo: { zh: '同上，再拨快三天。', en: 'The same, then three days more.' },
        expect: {
          zh: '先是正在开具，逾期提示；三天后显示未能开具，不会一直等下去。',
          en: 'Being issued, then late; after three days it says that it could not be issued.',
        },
      },
      {
        fault: 'ebill-slow',
        todo: {
          zh: '同上，只拨快 10 分钟；再关掉，拨快 10 分钟。',
          en: 'The same with 10 min only; then switch it off and move on 10 min.',
        },
        expect: {
          zh: '先是正在开具，可以离开；之后显示已开具，可以打开。',
          en: 'Being issued, free to leave; then issued, and it opens.',
        },
      },
      {
        fault: 'ebill-title-refused',
        todo: { zh: '选“一次”，填一个抬头申请开具。', en: 'Choose "once" and ask with a name.' },
        expect: {
          zh: '说明抬头未被接受；改好后再申请，成功。',
          en: 'It says that the name was refused; corrected and asked for again, it is issued.',
        },
      },
      {
        todo: {
          zh: '反馈一笔支付，在下面的反馈表里点“答复”（或把时钟拨快两天），打开“我的 → 我的反馈”。',
          en: 'Report a payment, press "Answer" in the table of reports below (or move the clock by two days), open Me → My reports.',
        },
        expect: {
          zh: '看到答复和部门；可以补充，也可以确认已解决。补充后城市重新承诺答复时间。',
          en: 'The answer and its office; you can reply or say that it is solved. A reply gets a new promise.',
        },
      },
      {
        fault: 'report-unanswered',
        todo: {
          zh: '反馈一笔支付，时钟拨快五天，打开这条反馈。',
          en: 'Report a payment, move the clock by five days, open the report.',
        },
        expect: {
          zh: '写明已超过承诺时间，并给出上一级受理渠道的电话。',
          en: 'It says that the promise has passed, and gives the next instance with its telephone.',
        },
      },
      {
        fault: 'messages-refused',
        also: 'messages-down',
        todo: {
          zh: '取消一次到访（大厅取消），打开“我的 → 消息”；再换成另一种故障试一次。',
          en: 'Have the hall cancel a visit, open Me → Messages; then once more with the other fault.',
        },
        expect: {
          zh: '消息都在，并写明手机上没有提醒及原因；点开就是那次预约。',
          en: 'Each message is there, says that the phone did not show it and why, and opens the visit.',
        },
      },
    ],
  },
  {
    row: 'M6',
    title: { zh: '付款和关单撞在一起', en: 'Paying and closing cross' },
    steps: [
      {
        fault: 'closing-crossed',
        todo: {
          zh: '发起支付，在收银台选“应用被关闭”，再取消这笔订单。',
          en: 'Start a payment, leave the till with "app killed", then cancel the order.',
        },
        expect: {
          zh: '先是“正在关闭”，12 秒后变成已支付：以服务器为准。',
          en: '"Closing", and 12 seconds later paid: the answer of the server decides.',
        },
      },
      {
        todo: {
          zh: '取消一笔订单，再在下面的支付表里点“关闭后仍付款”。',
          en: 'Cancel an order, then press "pay, though closed" in the table of payments below.',
        },
        expect: { zh: '钱自动退回，有进度可查。', en: 'The money is refunded automatically, with its progress.' },
      },
    ],
  },
  {
    row: 'M7',
    title: { zh: '金额变了', en: 'The amount changed' },
    steps: [
      {
        fault: 'bill-changed',
        todo: { zh: '选“一次”，然后缴一笔账单。', en: 'Choose "once", then pay a bill.' },
        expect: {
          zh: '显示新旧金额，重新确认；没有扣款。',
          en: 'Old and new amount, asked again; nothing was charged.',
        },
      },
    ],
  },
  {
    row: 'M8',
    title: { zh: '别人的账单，刚缴过的账单', en: "A stranger's bill, a bill just paid" },
    steps: [
      {
        fault: 'recently-paid',
        todo: { zh: '缴一笔账单。', en: 'Pay a bill.' },
        expect: {
          zh: '提醒另一笔支付的时间；仍要缴需要再点一次。',
          en: 'A warning with the time of the other payment; paying again takes another tap.',
        },
      },
      {
        todo: { zh: '绑定下面表里的任意户号。', en: 'Bind any number from the table below.' },
        expect: {
          zh: '户名和地址打码显示；第一次缴费有提醒。',
          en: 'Masked holder and address; the first payment warns.',
        },
      },
    ],
  },
  {
    row: 'M9',
    title: { zh: '几笔账单，有的入账有的没有', en: 'Some bills credited, some not' },
    steps: [
      {
        fault: 'credit-refused',
        todo: { zh: '合并缴几笔账单，时钟拨快一分钟。', en: 'Pay several bills at once; move the clock by a minute.' },
        expect: {
          zh: '每笔各有结果；最后一笔退回，其余入账。',
          en: 'An outcome for each bill; the last one is refunded, the others are credited.',
        },
      },
    ],
  },
  {
    row: 'M10',
    title: { zh: '通知重复、迟到、丢失', en: 'Notifications repeated, late, lost' },
    steps: [
      {
        fault: 'notification-repeated',
        todo: { zh: '付款。', en: 'Pay.' },
        expect: { zh: '只付一次，画面不跳动。', en: 'Paid once; nothing flickers.' },
      },
      {
        fault: 'notification-late',
        todo: { zh: '付款，然后把时钟拨快一分钟。', en: 'Pay, then move the clock by a minute.' },
        expect: {
          zh: '旧消息晚到不改变什么：状态不会倒退。',
          en: 'An old notification changes nothing: a state never goes back.',
        },
      },
      {
        fault: 'notification-lost',
        todo: { zh: '付款。', en: 'Pay.' },
        expect: { zh: '照样显示已支付：城市会主动去查。', en: 'Still paid: the city asks the vendor.' },
      },
    ],
  },
  {
    row: 'M11',
    title: { zh: '退款中、退款失败、部分退款', en: 'Refund pending, failed, partly' },
    steps: [
      {
        fault: 'refund-pending',
        also: 'credit-refused',
        todo: { zh: '缴一笔账单，时钟拨快一分钟。', en: 'Pay one bill; move the clock by a minute.' },
        expect: {
          zh: '退款中，有到账日期、编号和电话。',
          en: 'Refunding, with a day of arrival, reference and telephone.',
        },
      },
      {
        fault: 'refund-failed',
        also: 'credit-refused',
        todo: {
          zh: '缴一笔账单，时钟拨快一分钟；关掉这一项，再拨快两小时。',
          en: 'Pay one bill; move the clock by a minute. Switch it off and move the clock by 2 hours.',
        },
        expect: {
          zh: '先是退款失败、有人联系；随后退回。全部过程都留着。',
          en: 'Failed, staff will be in touch; then returned. The progress keeps every step.',
        },
      },
    ],
  },
  {
    row: 'M17',
    title: { zh: '付错了户号', en: 'Paid the wrong account' },
    steps: [
      {
        fault: 'recall-declined',
        todo: {
          zh: '缴一笔账单，入账后在支付页点“付错户号？申请撤回”，时钟拨快一分钟。',
          en: 'Pay one bill; once it is credited tap “Paid the wrong account?” on its payment; move the clock by a minute.',
        },
        expect: {
          zh: '撤回进度：缴费单位不同意，写明原因，钱留在这个户号。不开这一项时同意，钱原路退回。',
          en: 'The recall: the biller declined and says why; the money stays. With this off it agrees and the money comes back.',
        },
      },
      {
        fault: 'recall-undecided',
        todo: { zh: '同上。', en: 'The same.' },
        expect: {
          zh: '等待答复，有答复期限和撤回编号。',
          en: 'Waiting, with the date of the answer and a recall number.',
        },
      },
    ],
  },
  {
    row: 'M12',
    title: { zh: '联系不上缴费单位', en: 'The biller cannot be reached' },
    steps: [
      {
        fault: 'biller-not-answering',
        todo: { zh: '打开一个户号。', en: 'Open an account.' },
        expect: {
          zh: '提示缴费单位没有回应；绝不说“没有欠费”。',
          en: 'The biller is not responding; never "nothing due".',
        },
      },
      {
        fault: 'biller-closed',
        todo: { zh: '打开一个户号。', en: 'Open an account.' },
        expect: { zh: '提示七点前不受理；绝不说“没有欠费”。', en: 'Closed until seven; never "nothing due".' },
      },
    ],
  },
  {
    row: 'M13',
    title: { zh: '渠道还没出结果，应用被杀掉', en: 'App killed while the vendor decides' },
    steps: [
      {
        fault: 'unknown-result',
        also: 'app-killed',
        todo: {
          zh: '在收银台付款，预览会重新打开。看首页、账单和支付页，再关掉开关。',
          en: 'Pay at the till: the preview restarts. Look at home, the bill and the payment, then switch it off.',
        },
        expect: {
          zh: '到处都是“正在核对”，没有支付按钮；之后自己变成已付款。',
          en: '"We are checking", no pay button anywhere; then paid, without a tap.',
        },
      },
    ],
  },
  {
    row: 'M14',
    title: { zh: '收银台与支付不符', en: 'A payment page that does not fit the payment' },
    steps: [
      {
        fault: 'cashier-for-paid',
        todo: { zh: '选“一次”，然后缴一笔账单。', en: 'Choose "once", then pay a bill.' },
        expect: {
          zh: '收银台不打开；重新读取，显示这笔支付的真实状态。',
          en: 'The payment page is not opened; the payment is read again and shown as it is.',
        },
      },
      {
        fault: 'cashier-other-amount',
        todo: { zh: '选“一次”，然后缴一笔账单。', en: 'Choose "once", then pay a bill.' },
        expect: {
          zh: '收银台不打开，没有扣款，显示城市记录的这笔支付。',
          en: 'The payment page is not opened, nothing is charged, the payment is shown as the city has it.',
        },
      },
      {
        fault: 'cashier-other-kind',
        todo: { zh: '选“一次”，然后缴一笔账单。', en: 'Choose "once", then pay a bill.' },
        expect: { zh: '收银台不打开，没有扣款。', en: 'The payment page is not opened, nothing is charged.' },
      },
    ],
  },
  {
    row: 'M18',
    title: { zh: '金额加起来不对', en: 'Sums that do not add up' },
    steps: [
      {
        fault: 'wrong-sums',
        todo: {
          zh: '打开一笔账单，再打开一笔支付和它的缴费凭证。',
          en: 'Open a bill, then a payment and its receipt.',
        },
        expect: {
          zh: '账单只显示金额，明细不显示并说明原因；支付和缴费凭证不显示错误金额，给出编号。',
          en: 'The bill shows its amount and says why its lines are left out; payment and receipt show no wrong amount, but a number to report.',
        },
      },
      {
        fault: 'other-subject',
        todo: { zh: '打开户号、支付、退款、大厅的时间。', en: "Open an account, a payment, refunds, a hall's times." },
        expect: {
          zh: '答非所问的内容都不显示，给出编号。',
          en: 'An answer about something else is never shown; there is a number to report.',
        },
      },
    ],
  },
  {
    row: 'M',
    title: { zh: '自动扣款', en: 'Automatic payments' },
    steps: [
      {
        fault: 'no-money',
        also: 'unknown-result',
        todo: {
          zh: '在一个户号上开通自动扣款，把时钟拨到扣款日（每次一天）。',
          en: 'Set up automatic payment for an account, then move the clock to the day of the collection, a day at a time.',
        },
        expect: {
          zh: '先有通知，三天之后才扣，只扣一次；余额不足就转为自行缴费，结果未知时不能再缴。',
          en: 'A notice first, one collection at least three days later; without money the bill is yours to pay, and while the result is unknown nothing can be paid again.',
        },
      },
    ],
  },
  {
    row: 'S1',
    title: { zh: '最后一个名额', en: 'The last place' },
    steps: [
      {
        fault: 'slot-taken',
        todo: { zh: '选一个时间。', en: 'Choose a time.' },
        expect: { zh: '给出最近的三个时间；已填的都在。', en: 'The nearest three; all input kept.' },
      },
    ],
  },
  {
    row: 'S2',
    title: { zh: '保留到期', en: 'The hold expires' },
    steps: [
      {
        fault: 'hold-expires-at-once',
        todo: { zh: '选一个时间，填写超过三秒。', en: 'Choose a time and type for three seconds.' },
        expect: { zh: '点一下重新保留；已填的都在。', en: 'One tap reserves it again; all input kept.' },
      },
    ],
  },
  {
    row: 'S3',
    title: { zh: '确认的答复丢了', en: 'The answer to the confirmation is lost' },
    steps: [
      {
        fault: 'confirmation-lost',
        todo: { zh: '确认预约；关掉这一项，再点一次。', en: 'Confirm a booking; switch it off and tap again.' },
        expect: {
          zh: '还是同一个预约，只有一个；没问过城市之前不说失败。',
          en: 'The same visit, once; no failure is shown before the city was asked.',
        },
      },
    ],
  },
  {
    row: 'S4',
    title: { zh: '改约', en: 'Moving a visit' },
    steps: [
      {
        fault: 'hold-gone',
        todo: { zh: '把预约改到别的时间。', en: 'Move a visit to another time.' },
        expect: {
          zh: '明确写着原来的时间还在；点一下再试。',
          en: 'It says that the old time is still yours; one tap tries again.',
        },
      },
    ],
  },
  {
    row: 'S5',
    title: { zh: '显示可约，其实已满', en: 'Shown free, found full' },
    steps: [
      {
        fault: 'day-found-full',
        todo: { zh: '打开有名额的一天。', en: 'Open a day that has free places.' },
        expect: { zh: '说明原因，并给出下一个有名额的日子。', en: 'It explains itself; the next free day.' },
      },
    ],
  },
  {
    row: 'S6',
    title: { zh: '取消太晚、爽约、次数限制', en: 'Late cancellations, missed visits, limits' },
    steps: [
      {
        todo: {
          zh: '预约，把时钟拨过免责取消的时间，再取消。',
          en: 'Book a visit, move the clock past the time limit for cancelling, cancel.',
        },
        expect: {
          zh: '按钮之前就写明：会计次，是第几次、共几次。',
          en: 'Before the button: it counts as a missed visit, which one, and the limit.',
        },
      },
      {
        todo: {
          zh: '在下面的预约表里点“爽约”直到上限，再去预约。',
          en: 'Press "no-show" in the table of visits below until the limit is reached, then book.',
        },
        expect: {
          zh: '选时间之前就说明暂停预约到哪一天。',
          en: 'Booking is paused until a day that is shown before a time is chosen.',
        },
      },
    ],
  },
  {
    row: 'S7',
    title: { zh: '预约的六种结局', en: 'Six outcomes of a visit' },
    steps: [
      {
        todo: {
          zh: '在下面的预约表里逐个点；再自己取消一个。',
          en: 'Press each outcome in the table of visits below; cancel one yourself.',
        },
        expect: { zh: '六种不同的说法，互不混用。', en: 'Six different texts, each for its own outcome.' },
      },
    ],
  },
  {
    row: 'S8',
    title: { zh: '大厅地下室没有网络', en: 'No network in the basement' },
    steps: [
      {
        fault: 'dropped-connection',
        todo: { zh: '打开之前看过的预约。', en: 'Open a visit that was open before.' },
        expect: {
          zh: '取号凭码、地址、材料清单都在，并写明更新时间。',
          en: 'Code, address and checklist, with their age.',
        },
      },
    ],
  },
  {
    row: 'S9',
    title: { zh: '排队人数', en: 'Queue figures' },
    steps: [
      {
        fault: 'queue-stale',
        todo: { zh: '打开一个大厅。', en: 'Open a hall.' },
        expect: { zh: '不显示数字，或写明是多久以前的。', en: 'No figure, or one with its age.' },
      },
      {
        fault: 'queue-missing',
        todo: { zh: '打开一个大厅。', en: 'Open a hall.' },
        expect: { zh: '完全不显示数字。', en: 'No figure at all.' },
      },
      {
        todo: {
          zh: '在下面的预约表里点“已取号”，时钟拨快一两分钟。',
          en: 'Press "checked-in" in the table of visits below, move the clock by a minute or two.',
        },
        expect: {
          zh: '显示号码，前面的人越来越少，直到窗口叫号。',
          en: 'A number, and fewer and fewer before it, until a counter calls.',
        },
      },
    ],
  },
  {
    row: 'S10',
    title: { zh: '同一个人，同一个时间', en: 'One person, the same hour' },
    steps: [
      {
        todo: {
          zh: '预约一个时间，再为另一件事选另一个大厅的同一时间。',
          en: 'Book a time, then choose the same time in another hall for something else.',
        },
        expect: {
          zh: '说明与哪个预约冲突，可以改那次预约或另选时间；没有多占。',
          en: 'Which visit is in the way, and two ways on: move that one or choose another time. Nothing is booked twice.',
        },
      },
    ],
  },
  {
    row: 'S12',
    title: { zh: '调休上班的周末', en: 'Weekends worked in exchange for a holiday' },
    steps: [
      {
        todo: {
          zh: '时钟设为 2026-02-10 10:00，选择杭州的任一大厅。',
          en: 'Set the clock to 2026-02-10 10:00 and choose any hall in Hangzhou.',
        },
        expect: {
          zh: '2月14日（周六）可以预约，写明调休上班；2月15日起春节休息。',
          en: 'Saturday 14 February can be booked, with the reason; closed for Spring Festival from the 15th.',
        },
      },
    ],
  },
  {
    row: 'S14',
    title: { zh: '临近才改约，或反复保留同一时间', en: 'A late move, the same time again and again' },
    steps: [
      {
        todo: {
          zh: '预约今天的时间，在免责时间之后改约。',
          en: 'Book a time today, and move it after the free time is over.',
        },
        expect: { zh: '改约之前就说明计 1 次爽约。', en: 'Before the move it says that it counts as a missed visit.' },
      },
      {
        todo: { zh: '同一个时间保留三次，每次都释放。', en: 'Reserve the same time three times and release it.' },
        expect: {
          zh: '第四次要过一会儿；其他时间不受影响。',
          en: 'The fourth time has to wait a while; other times do not.',
        },
      },
    ],
  },
  {
    row: 'S',
    title: { zh: '几个人一起办、常用办事人、在线取号', en: 'Several people, saved visitors, numbers from home' },
    steps: [
      {
        todo: {
          zh: '选“出入境证件”，改成 3 人，看各天的名额。',
          en: 'Choose a passport matter, set 3 people and look at the days.',
        },
        expect: {
          zh: '没有够 3 人的时间，标“不够 3 人”，不标约满；保留后占 3 个名额。',
          en: 'Days without such a time say "No room for 3", not full; a reservation takes 3 places.',
        },
      },
      {
        todo: {
          zh: '预约时勾选“保存为常用办事人”，再预约一次。',
          en: 'Tick "Save this person" when booking, and book again.',
        },
        expect: {
          zh: '可以直接选这个人，证件号码只有首尾。',
          en: 'They can be chosen, with the ends of the number only.',
        },
      },
      {
        todo: {
          zh: '在“预约”里在线取号，把时钟拨快十分钟。',
          en: 'Take a number under Visits and move the clock on by ten minutes.',
        },
        expect: {
          zh: '前面的人数变少；还有 3 位时，下面的“发出的消息”里有一条。',
          en: 'Fewer are ahead; with 3 left there is one of the messages below.',
        },
      },
    ],
  },
  {
    row: 'S15',
    title: { zh: '没有问到，就不说没有', en: 'Nobody could be asked, so nothing is said to be empty' },
    steps: [
      {
        fault: 'dropped-connection',
        todo: {
          zh: '新用户打开账单、预约和缴费记录。',
          en: 'As a new citizen open the bills, the visits and the payments.',
        },
        expect: {
          zh: '写明网络不通、未能查询；绝不显示“还没有”。',
          en: 'It says that the network failed and nothing could be read; never “none”.',
        },
      },
    ],
  },
  {
    row: 'N14',
    title: { zh: '怎么输入、粘贴都行；其他证件', en: 'However it is typed or pasted; other documents' },
    steps: [
      {
        todo: {
          zh: '手机号粘贴“+86 139 0000 0002”，户号用全角数字和空格，姓名用“•”。',
          en: 'Paste “+86 139 0000 0002” as a telephone number, type an account number with spaces, a name with “•”.',
        },
        expect: {
          zh: '都能识别；只有看不见的字符时按没填处理；存不了的字符在字段下说明。',
          en: 'All are understood; invisible characters alone count as nothing; what cannot be kept is named at its field.',
        },
      },
      {
        todo: {
          zh: '在成都预约新生儿登记，换成护照或通行证。',
          en: 'Book registering a newborn in Chengdu with a passport or a permit.',
        },
        expect: {
          zh: '每种证件按自己的规则检查；换领身份证只收身份证。',
          en: 'Each document is checked by its own rule; renewing an ID card takes ID cards only.',
        },
      },
    ],
  },
  {
    row: 'N',
    title: { zh: '登录、网络、设备', en: 'Session, network, device' },
    steps: [
      {
        fault: 'token-expired',
        todo: { zh: 'N1：选“一次”，做任何事。', en: 'N1: choose "once", do anything.' },
        expect: { zh: '静默登录一次，什么都不丢。', en: 'One silent sign-in, nothing lost.' },
      },
      {
        fault: 'slow',
        todo: { zh: 'N2：打开任何页面。', en: 'N2: open any page.' },
        expect: { zh: '先是占位，再是内容；画面不跳动。', en: 'Skeletons, then content; nothing jumps.' },
      },
      {
        fault: 'dropped-connection',
        todo: { zh: 'N2：打开之前看过的页面。', en: 'N2: open a page seen before.' },
        expect: { zh: '显示之前的内容，并写明更新时间。', en: 'The kept copy, with its age.' },
      },
      {
        fault: 'busy-429',
        todo: { zh: 'N3：打开任何页面。', en: 'N3: open any page.' },
        expect: {
          zh: '提示繁忙、稍后再试；不再打扰城市。',
          en: 'Busy, try again later; the city gets no more requests.',
        },
      },
      {
        fault: 'error-500',
        todo: { zh: 'N4：打开任何页面。', en: 'N4: open any page.' },
        expect: { zh: '错误带编号，并有下一步。', en: 'An error with its number, and a way on.' },
      },
      {
        fault: 'html-instead-of-json',
        todo: { zh: 'N4：打开任何页面。', en: 'N4: open any page.' },
        expect: { zh: '错误带编号。', en: 'An error with its number.' },
      },
      {
        fault: 'half-body',
        todo: { zh: 'N4：打开任何页面。', en: 'N4: open any page.' },
        expect: { zh: '错误带编号。', en: 'An error with its number.' },
      },
      {
        fault: 'contract-breaking-answer',
        todo: { zh: 'N4：打开任何页面。', en: 'N4: open any page.' },
        expect: { zh: '错误带编号。', en: 'An error with its number.' },
      },
      {
        fault: 'fractional-fen',
        todo: { zh: 'N4：打开一笔账单。', en: 'N4: open a bill.' },
        expect: { zh: '提示错误；绝不显示错的金额。', en: 'An error; never a wrong amount.' },
      },
      {
        todo: { zh: 'N5：时钟拨快一天。', en: 'N5: move the clock by a day.' },
        expect: { zh: '期限跟着城市走，不跟这台机器。', en: 'Deadlines follow the city, not this machine.' },
      },
      {
        todo: { zh: 'N9：选择三亚。', en: 'N9: choose Sanya.' },
        expect: {
          zh: '维护中：都能看，不能缴费；有电话号码。',
          en: 'Under maintenance: everything can be viewed, nothing paid; the telephone number.',
        },
      },
      {
        todo: {
          zh: 'N7：在杭州预约“往来港澳通行证”，填好后确认，在核验页面依次试每种结果。',
          en: 'N7: book the Hong Kong and Macao travel permit in Hangzhou, fill in and confirm; try each end of the check.',
        },
        expect: {
          zh: '说明为什么核验；通过后自己继续；没通过时，填的内容都在，并有窗口和电话。',
          en: 'It says why; once passed it goes on by itself; otherwise all that was typed is kept, with counter and telephone.',
        },
      },
      {
        fault: 'verifier-not-answering',
        todo: { zh: 'N7：再预约一次。', en: 'N7: book again.' },
        expect: { zh: '说明暂时不能核验，可以再试。', en: 'It says that nobody can be verified now, with a retry.' },
      },
      {
        fault: 'maintenance',
        todo: {
          zh: 'N9：打开自己的预约，时钟拨过预约时间，再关掉这个故障。',
          en: 'N9: open your own visit, move the clock past its time, then switch this off.',
        },
        expect: {
          zh: '不能改约和取消，但写明原因和电话；没来也不计爽约。',
          en: 'Moving and cancelling are not offered, with the reason and the telephone; not coming does not count.',
        },
      },
      {
        todo: {
          zh: 'N13：绑定账单很多的户号，打开全部账单，翻到底。',
          en: 'N13: bind an account with many bills, open all bills and read to the end.',
        },
        expect: {
          zh: '不缺，也不重复；首页的合计算上每一笔。',
          en: 'None missing, none twice; home counts every one.',
        },
      },
      {
        todo: { zh: 'N17：我的 → 隐私说明 → 清除。', en: 'N17: Me → Privacy → clear.' },
        expect: {
          zh: '这部手机上只剩没有结束的支付。',
          en: 'Only payments that have not ended are left on this phone.',
        },
      },
    ],
  },
  {
    row: 'S13',
    title: { zh: '页面没有下载下来', en: 'A page does not arrive' },
    steps: [
      {
        todo: {
          zh: '在开发者工具里断网，点一个还没打开过的页面。',
          en: 'Go offline in the devtools and tap something that has not been opened before.',
        },
        expect: { zh: '说明未能打开页面，可以重试。', en: 'It says that the page could not be opened, with a retry.' },
      },
    ],
  },
  {
    row: 'N18',
    title: { zh: '有新版本', en: 'A new version' },
    steps: [
      {
        todo: {
          zh: '在开发者工具里选择“下次编译时模拟更新”，先进入支付，再回到首页。',
          en: 'Choose "simulate an update" in the devtools, begin a payment, then go back to home.',
        },
        expect: {
          zh: '支付没有结束时不提示；回到首页后提示一次，可以以后再说。',
          en: 'Nothing during the payment; on home it is offered once and can be put off.',
        },
      },
    ],
  },
  {
    row: 'N19',
    title: { zh: '扫码、链接、卡片', en: 'Codes, links, cards' },
    steps: [
      {
        todo: {
          zh: '用参数打开首页：scene=330100.h.9007199254740995；再用 scene=abc。',
          en: 'Open home with scene=330100.h.9007199254740995, then with scene=abc.',
        },
        expect: {
          zh: '第一个打开这个大厅的事项；第二个回到首页，说明未能打开链接。',
          en: 'The first opens what that hall does; the second leads home and says that the link could not be opened.',
        },
      },
    ],
  },
]
