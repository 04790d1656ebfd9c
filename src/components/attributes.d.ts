import 'react'
import '@tarojs/components'

declare module 'react' {
  interface CSSProperties {
    /** The host's font size over its usual one; tokens.scss multiplies by it. */
    '--scale'?: number
    /** Of all rows of a list window. */
    '--row-height'?: string
  }
}

declare module '@tarojs/components/types/Button' {
  interface ButtonProps {
    /** Alipay's name for `aria-role`; Taro knows it of a View. */
    role?: string
  }
}
