import { View } from '@tarojs/components'
import { memo } from 'react'
import { useText } from '@/text'
import { terms } from '@/text/terms'
import './index-bar.scss'

/** The letters of a long list in one row over it, each as large as a finger; a column beside it would have no room. */
export const IndexBar = memo(function IndexBar(props: {
  letters: readonly string[]
  onJump: (letter: string) => void
}) {
  const t = useText(terms)
  return (
    <View className="index-bar">
      {props.letters.map((letter) => (
        <View
          compileMode
          key={letter}
          className="index-bar__letter"
          onClick={() => props.onJump(letter)}
          role="button"
          aria-role="button"
          aria-label={t.indexJump(letter)}
        >
          {letter}
        </View>
      ))}
    </View>
  )
})
