import type {
  Biller,
  BookingRules,
  FindingRule,
  GetManifestData,
  GetManifestResponses,
  Manifest,
  Notice,
  SigningKey,
} from '../contract/wire/types.gen'
import { asleepUntil, billerOf as sleeperOf } from './billing/billers'
import type { BillerSeed, BookingSeed, City, NoticeSeed } from './catalogue'
import { operation } from './http/operation'
import type { Service } from './service'
import { signingKeyOf } from './signature'
import { addDays, dayOf, instant, type Language, momentOf, say } from './words'

export const getManifest = operation<GetManifestData, GetManifestResponses>(
  async (_call, { city, language, now, service }) => ({
    status: 200,
    body: { ...manifestOf(city, language, now()), signingKeys: signingKeysOf(service, city.id) },
  }),
)

/** What texts that a city signed are verified with: the key of now, then those of before. None for a city that got no key yet. */
function signingKeysOf({ keys, log }: Service, cityId: string): SigningKey[] {
  try {
    return [keys.ofCity(cityId), ...(keys.earlier?.(cityId) ?? [])].map(signingKeyOf)
  } catch (error) {
    log.error({ city: cityId, err: error }, 'a city has no key')
    return []
  }
}

/** What a city tells of itself. @throws when its rows contradict each other. */
export const manifestOf = (city: City, language: Language, now: Date): Manifest => ({
  cityId: city.id,
  name: say(city.name, language),
  contract: '1.0',
  mode: city.mode,
  phone: city.phone,
  notices: city.notices.flatMap((notice) => noticeOf(notice, city, language, now)),
  billers: city.billers.map((biller) => billerOf(biller, language)),
  ...(city.booking ? { booking: bookingOf(city.booking, language) } : {}),
  features: city.features,
  promises: city.promises,
  ...(city.messages ? { messages: city.messages } : {}),
  ...(city.escalation ? { escalation: { ...city.escalation, name: say(city.escalation.name, language) } } : {}),
  ...(city.paperHosts ? { paperHosts: city.paperHosts } : {}),
  serverTime: instant(now),
})

function bookingOf({ queueRule, ...rules }: BookingSeed, language: Language): BookingRules {
  return { ...rules, ...(queueRule ? { queueRule: say(queueRule, language) } : {}) }
}

/** None for a notice of a biller's closing hours while the biller is open. */
function noticeOf(notice: NoticeSeed, city: City, language: Language, now: Date): Notice[] {
  const closed = notice.whileAsleep ? asleepUntil(sleeperOf(city, notice.whileAsleep), now) : null
  if (notice.whileAsleep && closed === null) return []
  const until = closed ?? (notice.lastsDays ? momentOf(addDays(dayOf(now), notice.lastsDays)) : null)
  return [
    {
      id: notice.id,
      level: notice.level,
      title: say(notice.title, language),
      ...(notice.text ? { text: say(notice.text, language) } : {}),
      ...(until ? { until: instant(until) } : {}),
    },
  ]
}

const payingOf = (
  { feeFen, feeNote, maxFen }: NonNullable<BillerSeed['paying']>,
  language: Language,
): NonNullable<Biller['paying']> => ({
  ...(feeFen ? { feeFen } : {}),
  ...(feeNote ? { feeNote: say(feeNote, language) } : {}),
  ...(maxFen ? { maxFen } : {}),
})

const findingOf = ({ by, proof }: NonNullable<BillerSeed['finding']>, language: Language): FindingRule => ({
  by,
  ...(proof && {
    proof: {
      kind: proof.kind,
      label: say(proof.label, language),
      ...(proof.hint && { hint: say(proof.hint, language) }),
      ...(proof.length && { length: proof.length }),
    },
  }),
})

function billerOf(biller: BillerSeed, language: Language): Biller {
  const { label, hint, ...rule } = biller.account
  return {
    id: biller.id,
    kind: biller.kind,
    name: say(biller.name, language),
    phone: biller.phone,
    account: { ...rule, label: say(label, language), ...(hint ? { hint: say(hint, language) } : {}) },
    creditedWithinMinutes: biller.creditedWithinMinutes,
    ...(biller.asleep ? { asleep: biller.asleep } : {}),
    ...(biller.paying ? { paying: payingOf(biller.paying, language) } : {}),
    ...(biller.level ? { level: biller.level } : {}),
    ...(biller.finding ? { finding: findingOf(biller.finding, language) } : {}),
  }
}
