import {
  type ComponentType,
  createContext,
  type PropsWithChildren,
  type ReactNode,
  useContext,
  useSyncExternalStore,
} from 'react'
import type { PageTab } from './tab-bar'

/** Whether a page is shown, as a store: up to date before anything re-renders. */
export interface Visibility {
  readonly getState: () => boolean
  readonly subscribe: (listener: () => void) => () => void
}

/**
 * What components need of the host, provided once by app.tsx. What is not provided is not offered.
 */
export interface Actions {
  /** The way home from an error. */
  readonly home?: () => unknown
  readonly copy?: (text: string) => unknown
  readonly call?: (number: string) => unknown
  /** Gets an error that no handler of a tap caught. `guarded` shows an error of a render itself. */
  readonly report?: (error: unknown) => void
  /** A hook, called in each page: whether it is shown. Countdowns rest on hidden pages. */
  readonly useVisibility?: () => Visibility
  /** Over every page: the app's dialogs. */
  readonly Overlay?: ComponentType
  /** A hook, called in each page: the tabs to show at its bottom; null where the host shows its own, or none. */
  readonly useTabs?: () => readonly PageTab[] | null
  /** A hook: the telephone number that elder mode offers at every dead end; null elsewhere. */
  readonly useHotline?: () => string | null
  /** Around every page. */
  readonly Around?: ComponentType<PropsWithChildren>
  /** Above the content: what the page waits for, how old it is. */
  readonly Reading?: ComponentType
}

const ActionsContext = createContext<Actions>({})

export function ActionsProvider(props: { actions: Actions; children: ReactNode }) {
  return <ActionsContext.Provider value={props.actions}>{props.children}</ActionsContext.Provider>
}

export function useActions(): Actions {
  return useContext(ActionsContext)
}

/** Outside of a page, and where no visibility is provided. */
export const alwaysVisible: Visibility = { getState: () => true, subscribe: () => () => undefined }

const VisibilityContext = createContext(alwaysVisible)

export const VisibilityProvider = VisibilityContext.Provider

/** The visibility of the page around this component, without a re-render when it changes. */
export const useVisibility = (): Visibility => useContext(VisibilityContext)

/** Whether the page around this component is shown. */
export function usePageVisible(): boolean {
  const { subscribe, getState } = useVisibility()
  return useSyncExternalStore(subscribe, getState)
}

/** Runs `act` now, or once the page is shown again: a hidden page is sent nothing. Returns a function that cancels it. */
export function whenVisible(page: Visibility, act: () => void): () => void {
  if (page.getState()) act()
  else {
    const stop = page.subscribe(() => {
      if (!page.getState()) return
      stop()
      act()
    })
    return stop
  }
  return () => undefined
}
