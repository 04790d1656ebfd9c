declare const BUILT_IN_COMPONENTS: Record<string, string[]>

/** What our templates were compiled with. Taro numbers the attributes from it, so it must be the same on both sides. */
export const internalComponents: Record<string, Record<string, string>> = {}
for (const [name, attributes] of Object.entries(BUILT_IN_COMPONENTS)) {
  internalComponents[name] = {}
  for (const attribute of attributes) internalComponents[name][attribute] = ''
}

/** Those of ours that keep a value, as in Taro's table. */
export const controlledComponent = new Set(['input', 'slider', 'switch', 'textarea'])

// The compiler's part of Taro's table, not shipped; named because Taro passes them on.
export const animation = {}
export const focusComponents = new Set<string>()
export const nestElements = new Map<string, number>()
export const touchEvents = {}
export const voidElements = new Set<string>()
export const singleQuote = (text: string) => `'${text}'`
