import 'react'

declare module 'react' {
  interface CSSProperties {
    /** The host's font size over its usual one; tokens.scss multiplies by it. */
    '--scale'?: number
  }
}
