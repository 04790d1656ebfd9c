import type { Theme } from './theme'

/** Colours of the host's bars, which CSS variables do not reach. Equal to tokens.scss. */
export interface BarColours {
  readonly title: 'black' | 'white'
  readonly background: string
  readonly tabBackground: string
  readonly tabText: string
  readonly tabSelected: string
  readonly tabBorder: 'black' | 'white'
}

const light: BarColours = {
  title: 'black',
  background: '#f5f3ee',
  tabBackground: '#ffffff',
  tabText: '#5f6a67',
  tabSelected: '#0b5f5c',
  tabBorder: 'black',
}

const dark: BarColours = {
  title: 'white',
  background: '#101413',
  tabBackground: '#1a201f',
  tabText: '#a0a8a4',
  tabSelected: '#6cc7ba',
  tabBorder: 'white',
}

/** The bars' colours in a theme. High contrast has its own backgrounds. */
export function barColours(theme: Pick<Theme, 'dark' | 'contrast'>): BarColours {
  const base = theme.dark ? dark : light
  if (!theme.contrast) return base
  const ground = theme.dark ? '#000000' : '#ffffff'
  return {
    ...base,
    background: ground,
    tabBackground: ground,
    tabText: theme.dark ? '#dcdfdd' : '#2b3432',
    tabSelected: theme.dark ? '#8fe8da' : '#003f3d',
  }
}
