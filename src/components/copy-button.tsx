import { View } from '@tarojs/components'
import { useEffect, useState } from 'react'
import { useText } from '@/text'
import { terms } from '@/text/terms'
import { useActions, useVisibility, whenVisible } from './actions'
import './icon.scss'
import './copy-button.scss'

/** Copies a text and confirms it. `label` names what is copied. */
export function CopyButton(props: { text: string; label: string }) {
  const t = useText(terms)
  const { copy } = useActions()
  const page = useVisibility()
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    let stop = () => {}
    const timer = setTimeout(() => {
      stop = whenVisible(page, () => setCopied(false))
    }, 2000)
    return () => {
      clearTimeout(timer)
      stop()
    }
  }, [copied, page])
  if (!copy) return null
  const text = copied ? t.copied : t.copy
  return (
    <View
      compileMode
      className="copy"
      hoverClass="press"
      onClick={() => {
        copy(props.text)
        setCopied(true)
      }}
      role="button"
      aria-role="button"
      aria-label={`${text} ${props.label}`}
      aria-live="polite"
    >
      <View className={`icon icon-${copied ? 'check' : 'copy'} icon--s`} aria-hidden />
      {text}
    </View>
  )
}
