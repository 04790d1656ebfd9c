import { View } from '@tarojs/components'
import { useEffect, useState } from 'react'
import { useText } from '@/text'
import { common } from '@/text/common'
import { a11y } from './a11y'
import { useActions } from './actions'
import { Icon } from './icon'
import './copy-button.scss'

/** Copies a text and says so. `label` names what is copied. */
export function CopyButton(props: { text: string; label: string }) {
  const words = useText(common)
  const { copy } = useActions()
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), 2000)
    return () => clearTimeout(timer)
  }, [copied])
  if (!copy) return null
  return (
    <View
      className="copy"
      hoverClass="press"
      onClick={() => {
        copy(props.text)
        setCopied(true)
      }}
      {...a11y({ role: 'button', label: `${copied ? words.copied : words.copy} ${props.label}`, live: 'polite' })}
    >
      <Icon name={copied ? 'check' : 'copy'} size="s" />
      {copied ? words.copied : words.copy}
    </View>
  )
}
