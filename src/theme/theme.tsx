import { createContext, type ReactNode, useContext } from 'react'

/** What a citizen chose, or the phone says, about how things look. All of these combine. */
export interface Theme {
  readonly dark: boolean
  readonly elder: boolean
  readonly contrast: boolean
  /** The host's font size over its usual one; 1 is usual. Kept within limits by `fontScale`. */
  readonly fontScale: number
}

export const plainTheme: Theme = { dark: false, elder: false, contrast: false, fontScale: 1 }

const ThemeContext = createContext<Theme>(plainTheme)

/** Give it the same object while nothing changed: every page draws itself anew on a new one. */
export function ThemeProvider(props: { theme: Theme; children: ReactNode }) {
  return <ThemeContext.Provider value={props.theme}>{props.children}</ThemeContext.Provider>
}

export function useTheme(): Theme {
  return useContext(ThemeContext)
}

/** Beyond these lines break badly; the elder set is already large. */
export function fontScale(theme: Pick<Theme, 'elder' | 'fontScale'>): number {
  const most = theme.elder ? 1.15 : 1.4
  if (!(theme.fontScale > 0)) return 1
  return Math.round(Math.min(most, Math.max(1, theme.fontScale)) * 100) / 100
}

/** Classes of a page's root. */
export function themeClass(theme: Theme): string {
  const { dark, elder, contrast } = theme
  return `screen${dark ? ' screen--dark' : ''}${elder ? ' screen--elder' : ''}${contrast ? ' screen--contrast' : ''}`
}
