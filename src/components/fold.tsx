import { View } from '@tarojs/components'
import { type ReactNode, useState } from 'react'
import { useTheme } from '@/theme/theme'
import { a11y } from './a11y'
import './cell.scss'
import './fold.scss'
import './icon.scss'

interface Props {
  /** Names the content as a citizen would look for it. */
  title: string
  /** Always open: something inside matters now. */
  open?: boolean
  children: ReactNode
}

/** Folds its content behind one line in elder mode, so that a page asks one thing. Otherwise renders it as it is. */
export function Fold({ title, open = false, children }: Props) {
  const { elder } = useTheme()
  const [isOpen, setOpen] = useState(false)
  if (!elder || open) return <>{children}</>
  return (
    <>
      <View className="cells__ground">
        <View
          className="cell"
          hoverClass="press"
          onClick={() => setOpen(!isOpen)}
          {...a11y({ role: 'button', expanded: isOpen })}
        >
          <View className="cell__body cell__title">{title}</View>
          <View
            className={`icon icon-chevron-down icon--m tone-quiet${isOpen ? ' fold__up' : ''}`}
            {...a11y({ hidden: true })}
          />
        </View>
      </View>
      {isOpen && children}
    </>
  )
}
