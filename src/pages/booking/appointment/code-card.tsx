import { View } from '@tarojs/components'
import { QrCode } from '@/components/qr-code'
import { Card } from '@/components/section'
import { type CheckInCode, isCodeValid } from '@/domain/appointment'
import { dayOf, formatDay, formatTime, isPast, msOf } from '@/domain/time'
import { useLanguage, useText } from '@/text'
import { attending } from '@/text/booking/appointment'
import { useBright } from './use-bright'

interface Props {
  checkIn: CheckInCode
  nowMs: number
  /** Already checked in: the hours do not matter any more, the code is still read out at the counter. */
  isUsed: boolean
  /** False while only the phone's own clock is known: then the code is never shown as over. */
  isClockSure: boolean
}

/** 取号凭码, big: to be scanned or read out, without network too. Outside its hours it shows when they are. */
export function CodeCard({ checkIn, nowMs, isUsed, isClockSure }: Props) {
  const t = useText(attending)
  const language = useLanguage()
  const isValid = isCodeValid(checkIn, nowMs)
  useBright(isValid || isUsed)
  const day = formatDay(dayOf(msOf(checkIn.validFrom)), language, dayOf(nowMs))
  const from = `${day} ${formatTime(checkIn.validFrom)}`
  const hours = !isClockSure
    ? t.codeHours(from, formatTime(checkIn.validUntil))
    : isValid
      ? t.codeNow(formatTime(checkIn.validUntil))
      : isPast(checkIn.validUntil, nowMs)
        ? t.codeOver
        : t.codeFrom(from)
  return (
    <Card>
      <View className="code">
        {!isUsed && (
          <View className={isValid && isClockSure ? 'code__hours code__hours--now' : 'code__hours'}>{hours}</View>
        )}
        <QrCode text={checkIn.qrText} label={t.codeLabel(checkIn.code)} />
        <View className="code__label">{t.code}</View>
        <View className="code__text">{spaced(checkIn.code)}</View>
        <View className="code__hint">{t.codeHint}</View>
      </View>
    </Card>
  )
}

/** In threes, as it is read out. */
const spaced = (code: string): string => (code.length === 6 ? `${code.slice(0, 3)} ${code.slice(3)}` : code)
