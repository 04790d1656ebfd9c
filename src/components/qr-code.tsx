import { View } from '@tarojs/components'
import { memo, useMemo } from 'react'
import { encode } from 'uqr'
import { a11y } from './a11y'
import './qr-code.scss'

/** Dark modules as runs along each row, with a quiet zone of four around them. */
export function qrPicture(text: string): string {
  const { data, size } = encode(text, { border: 0, ecc: 'M' })
  let path = ''
  data.forEach((row, y) => {
    for (let x = 0; x < size; ) {
      let run = 0
      while (row[x + run]) run += 1
      if (run > 0) path += `M${x} ${y}h${run}v1h-${run}z`
      x += run + 1
    }
  })
  const edge = size + 8
  return (
    `data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='-4 -4 ${edge} ${edge}' ` +
    `shape-rendering='crispEdges'%3E%3Cpath d='${path}'/%3E%3C/svg%3E`
  )
}

/** Dark on white in every theme: scanners need it. `label` says what it is for. */
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
