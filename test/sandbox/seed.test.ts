import { numberProblem } from '../../city/billing/check-digit'
import { hallDayOn, planDay } from '../../city/booking/slot-plan'
import type { StoredChange, StoredDecision, StoredLine } from '../../city/database/tables'
import { addDays, dayOf, timeOf, type Words } from '../../city/words'
import { accountSeeds, fullNumber, planWords } from '../../sandbox/seed/accounts'
import { billsOf } from '../../sandbox/seed/bills'
import { cities } from '../../sandbox/seed/cities'
import { hallSeed } from '../../sandbox/seed/halls'
import { items } from '../../sandbox/seed/items'

/** What the cities begin with must not contradict itself, whatever day it is: people compare every line. */
const moments = [
  '2026-11-28T10:00:00+08:00',
  '2026-12-01T00:00:30+08:00',
  '2027-01-01T08:00:00+08:00',
  '2027-03-01T23:59:00+08:00',
  '2027-07-15T12:00:00+08:00',
  '2028-02-29T01:00:00+08:00',
].map((text) => new Date(text))

interface Row {
  where: string
  plan: string
  now: Date
  bill: ReturnType<typeof billsOf>[number]
  lines: StoredLine[]
  changes: StoredChange[]
  decision: StoredDecision | null
  title: Words
}

const accounts = cities.flatMap((city) =>
  (accountSeeds[city.id] ?? []).map((seed) => {
    const biller = city.billers.find(({ id }) => id === seed.biller)
    if (!biller) throw new Error(`${city.id} has no biller ${seed.biller}`)
    return { city, biller, seed, number: fullNumber(city, seed) }
  }),
)

const rowsOf = (now: Date): Row[][] =>
  accounts.map(({ city, biller, seed, number }) =>
    billsOf(
      {
        cityId: city.id,
        billerId: biller.id,
        kind: biller.kind,
        number,
        plan: seed.plan,
        ...(biller.partialMinFen ? { partialMinFen: biller.partialMinFen } : {}),
      },
      now,
    ).map((bill) => ({
      where: `${dayOf(now)} ${seed.plan} ${number} ${(JSON.parse(bill.title) as Words).en}`,
      plan: seed.plan,
      now,
      bill,
      lines: JSON.parse(bill.lines),
      changes: bill.changes ? JSON.parse(bill.changes as string) : [],
      decision: bill.decision ? JSON.parse(bill.decision as string) : null,
      title: JSON.parse(bill.title),
    })),
  )

const byAccount = moments.flatMap(rowsOf)
const all = byAccount.flat()
const wrong = (is: (row: Row) => boolean) => all.filter(is).map(({ where }) => where)
const sum = (numbers: number[]) => numbers.reduce((total, one) => total + one, 0)
const dayOfSettling = ({ bill }: Row) => (bill.settled_at ? dayOf(new Date(bill.settled_at)) : null)

test('lines and late fee add up to the amount, and what is settled is paid', () => {
  expect(all.length).toBeGreaterThan(5000)
  expect(
    wrong(
      ({ bill, lines }) =>
        !bill.top_up && sum(lines.map(({ amountFen }) => amountFen)) + (bill.late_fee_fen ?? 0) !== bill.amount_fen,
    ),
  ).toEqual([])
  expect(wrong(({ bill }) => !bill.top_up && (bill.settled_at ? bill.amount_fen : 0) !== (bill.paid_fen ?? 0))).toEqual(
    [],
  )
})

test('a late fee stands on overdue bills only, and on each of them', () => {
  const isOverdue = ({ bill, now }: Row) => !bill.settled_at && !!bill.due_on && bill.due_on < dayOf(now)
  expect(wrong((row) => isOverdue(row) !== (row.bill.late_fee_fen ?? 0) > 0)).toEqual([])
})

test('dates follow each other: period, issue, due date, settling, and none lies ahead that cannot', () => {
  expect(wrong(({ bill, now }) => bill.issued_on > dayOf(now))).toEqual([])
  expect(wrong(({ bill }) => !!bill.due_on && bill.due_on < bill.issued_on)).toEqual([])
  expect(wrong(({ bill }) => !!bill.period_from && !!bill.period_to && bill.period_from > bill.period_to)).toEqual([])
  expect(wrong((row) => (dayOfSettling(row) ?? row.bill.issued_on) < row.bill.issued_on)).toEqual([])
  expect(wrong(({ bill, now }) => !!bill.settled_at && new Date(bill.settled_at) > now)).toEqual([])
  // What was used is read before it is billed; heating and tax are paid for a period that has begun.
  const isMetered = ({ bill }: Row) => ['electricity', 'water', 'gas'].includes(bill.kind)
  expect(wrong((row) => isMetered(row) && !!row.bill.period_to && row.bill.period_to >= row.bill.issued_on)).toEqual([])
})

test('a month is billed once, and debts of earlier months are not called settled', () => {
  const doubled = byAccount.flatMap((rows) => {
    const months = rows.filter(({ plan }) => plan !== 'very-many').flatMap(({ bill }) => bill.period_from ?? [])
    return new Set(months).size < months.length ? rows[0]?.where : []
  })
  expect(doubled).toEqual([])
  const contradicted = byAccount.flatMap((rows) =>
    rows
      .filter(({ bill }) => (bill.arrears_fen ?? 0) > 0)
      .flatMap(({ bill, where }) => {
        const before = rows.find((row) => !!row.bill.period_to && row.bill.period_to < (bill.period_from ?? ''))
        // Two months lie between the bill and the newest one before it.
        const gap = before?.bill.period_to && addDays(before.bill.period_to, 50) < (bill.period_from ?? '')
        return gap ? [] : where
      }),
  )
  expect(contradicted).toEqual([])
  expect(
    wrong(
      ({ bill, lines }) =>
        (bill.arrears_fen ?? 0) !==
        sum(lines.filter(({ label }) => label.zh === '往期欠费').map(({ amountFen }) => amountFen)),
    ),
  ).toEqual([])
})

test('a changed amount leads, change by change, to the one that stands, and each reason says what was added', () => {
  for (const { bill, changes, where, now } of all) {
    expect([where, bill.version]).toEqual([where, changes.length + 1])
    let after = bill.amount_fen
    for (const [at, change] of changes.entries()) {
      const added = change.reason?.zh === '计入违约金' ? bill.late_fee_fen : bill.arrears_fen
      expect([where, change.version, after - change.amountFen]).toEqual([where, changes.length - at, added])
      expect([where, new Date(change.changedAt) <= now, dayOf(new Date(change.changedAt)) >= bill.issued_on]).toEqual([
        where,
        true,
        true,
      ])
      if (at > 0) expect(change.changedAt < (changes[at - 1]?.changedAt ?? '')).toBe(true)
      after = change.amountFen
    }
  }
})

test('what was used times its price is the line beside it', () => {
  for (const { lines, bill, where } of all) {
    const used = lines.flatMap(({ note, amountFen }) => {
      const [, quantity, price] = /^([\d.]+) \S+ × ([\d.]+) 元$/.exec(note?.zh ?? '') ?? []
      if (!quantity || !price) return []
      expect([where, Math.round(Number(quantity) * Number(price) * 100)]).toEqual([where, amountFen])
      return Number(quantity)
    })
    if (used.length === 0 || !bill.usage_quantity) continue
    // Water and its sewage are the same cubic metres; peak and off-peak hours are added.
    const total = bill.kind === 'water' ? used[0] : sum(used)
    expect([where, String(total)]).toEqual([where, bill.usage_quantity])
  }
})

test('a title names the months and the year of its period', () => {
  for (const { bill, title, where } of all) {
    if (!bill.period_from || !bill.period_to) continue
    const [year, month] = bill.period_from.split('-').map(Number)
    const [lastYear, lastMonth] = bill.period_to.split('-').map(Number)
    const name =
      bill.kind === 'heating' ? `${year}–${lastYear}采暖季` : bill.kind === 'tax' ? `${year}年度` : `${year}年${month}`
    expect([where, title.zh]).toEqual([where, expect.stringContaining(name)])
    if (bill.kind === 'water' && month !== lastMonth)
      expect([where, title.zh]).toEqual([
        where,
        expect.stringContaining(year === lastYear ? `至${lastMonth}月` : `至${lastYear}年${lastMonth}月`),
      ])
  }
})

test('a decision fits its bill: number, fine, points, dates, and the time to ask for a review', () => {
  const decided = all.filter(({ decision }) => decision !== null)
  // One in Hangzhou and one in Chengdu, at each moment.
  expect(decided.length).toBe(2 * moments.length)
  for (const { decision, bill, lines, now } of decided) {
    if (!decision) continue
    expect(decision.number).toBe(bill.number)
    expect(decision.text.zh).toContain(`罚款 ${bill.amount_fen / 100} 元，${lines[0]?.note?.zh}`)
    expect(decision.text.en).toContain(`a fine of ¥${bill.amount_fen / 100} and ${lines[0]?.note?.en}`)
    expect(decision.decidedOn).toBe(bill.issued_on)
    expect(decision.objectUntil).toBe(addDays(decision.decidedOn, 60))
    expect(decision.decidedOn < dayOf(now) && (bill.due_on ?? '') > dayOf(now)).toBe(true)
  }
})

test('numbers keep their biller’s rule, and hints and examples say the same as the rule', () => {
  expect(accounts.flatMap(({ biller, number }) => numberProblem(biller.account, number) ?? [])).toEqual([])
  for (const { account, name } of cities.flatMap(({ billers }) => billers)) {
    const stated = account.hint?.zh.match(/\d+/g)?.map(Number)
    if (stated)
      expect([name.zh, stated[0], stated.length > 1 ? stated[1] : stated[0]]).toEqual([
        name.zh,
        account.minLength,
        account.maxLength,
      ])
    const english = account.hint?.en.match(/\d+/g)?.map(Number)
    expect([name.zh, english]).toEqual([name.zh, stated])
    if (account.example) expect([name.zh, numberProblem(account, account.example)]).toEqual([name.zh, null])
  }
})

test('a city’s notices say what its billers do', () => {
  for (const { notices, billers } of cities) {
    for (const { title, text } of notices) {
      const sleeper = billers.find(({ asleep }) => asleep && /结算|服务时间/.test(`${title.zh}${text?.zh ?? ''}`))
      if (!sleeper?.asleep || !/\d{1,2}:\d{2}/.test(title.zh)) continue
      const hours = title.zh
        .match(/\d{1,2}:\d{2}/g)
        ?.map((hour) => hour.padStart(5, '0'))
        .sort()
      expect([title.zh, hours]).toEqual([title.zh, [sleeper.asleep.from, sleeper.asleep.to].sort()])
    }
  }
})

test('places lie within a hall’s hours, none where it is closed, and an item’s limit is the one its rules name', () => {
  const days = Array.from({ length: 40 }, (_, at) => addDays('2026-12-20', at))
  for (const [cityId, halls] of Object.entries(hallSeed)) {
    for (const { id: hallId, counters, hours, maintenance = null, ownDays = [], name } of halls) {
      const calendar = { hours, maintenance, ownDays }
      for (const day of days) {
        const slots = counters.flatMap(({ id, ...counter }) =>
          planDay({ cityId, hallId, counterId: id, ...counter, ...calendar }, day),
        )
        const hall = hallDayOn(day, calendar)
        const ranges = hall.closed ? [] : hall.hours
        const out = slots.filter(
          ({ startsAt, endsAt }) => !ranges.some(({ from, to }) => from <= timeOf(startsAt) && timeOf(endsAt) <= to),
        )
        expect([name.zh, day, out]).toEqual([name.zh, day, []])
      }
    }
  }
  for (const item of Object.values(items) as { name: Words; rules?: Words; monthlyLimit?: number }[]) {
    const stated = /每人每月限预约 (\d) 次/.exec(item.rules?.zh ?? '')?.[1]
    expect([item.name.zh, stated === undefined ? undefined : Number(stated)]).toEqual([item.name.zh, item.monthlyLimit])
  }
})

test('an account to try has the bills that its note promises, on each day', () => {
  const promised: Record<string, [string, number, number]> = {
    'nothing-due': ['都已缴清', 0, 0],
    'one-due': ['本期待缴', 1, 0],
    overdue: ['本期待缴，一笔逾期', 2, 1],
    'several-due': ['四笔待缴，三笔逾期', 4, 3],
  }
  const found = byAccount.flatMap((rows) => {
    const [first] = rows
    if (!first || !promised[first.plan]) return []
    const open = rows.filter(({ bill }) => !bill.settled_at)
    const overdue = open.filter(({ bill, now }) => !!bill.due_on && bill.due_on < dayOf(now))
    return [[first.where, planWords[first.plan as keyof typeof planWords].zh, open.length, overdue.length, first.plan]]
  })
  expect(found.length).toBeGreaterThan(50)
  expect(found.filter(([, ...is]) => String(is.slice(0, 3)) !== String(promised[String(is[3])]))).toEqual([])
})
