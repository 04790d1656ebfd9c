import { createContext, type ReactNode, useContext } from 'react'

/** The look: the citizen's choices and the phone's. All combine. */
export interface Theme {
  readonly dark: boolean
  readonly elder: boolean
  readonly contrast: boolean
  /** The host's font size relative to its normal one. `fontScale` limits it. */
  readonly fontScale: number
}

export const plainTheme: Theme = { dark: false, elder: false, contrast: false, fontScale: 1 }

const ThemeContext = createContext<Theme>(plainTheme)

/** Pass the same object while nothing changes: a new one re-renders every page. */
export function ThemeProvider(props: { theme: Theme; children: ReactNode }) {
  return <ThemeContext.Provider value={props.theme}>{props.children}</ThemeContext.Provider>
}

export function useTheme(): Theme {
  return useContext(ThemeContext)
}

/** Beyond these, lines break badly; elder sizes are large already. */
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
