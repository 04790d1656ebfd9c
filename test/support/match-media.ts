/** jsdom has no media queries: a light theme, which never changes. Import it before anything of the app. */
const none = () => undefined

Object.defineProperty(window, 'matchMedia', {
  configurable: true,
  value: (media: string) => ({ media, matches: false, addEventListener: none, removeEventListener: none }),
})

export {}
