import { View } from '@tarojs/components'
import { memo, useMemo } from 'react'
import { encode } from 'uqr'
import { a11y } from './a11y'
import { bitmap } from './bitmap'
import './qr-code.scss'

/** With a quiet zone of four around it. */
export const qrPicture = (text: string): string => bitmap(encode(text, { border: 4, ecc: 'M' }).data)

/** Dark on white in every theme, for scanners. `label` is for screen readers. */
export const QrCode = memo(function QrCode(props: { text: string; label: string }) {
  const url = useMemo(() => qrPicture(props.text), [props.text])
  return (
    <View
      className="qr-code"
      style={{ backgroundImage: `url("${url}")` }}
      {...a11y({ role: 'img', label: props.label })}
    />
  )
})
