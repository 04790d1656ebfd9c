import {
  type ComponentType,
  createContext,
  type PropsWithChildren,
  type ReactNode,
  useContext,
  useSyncExternalStore,
} from 'react'
import type { PageTab } from './tab-bar'

/** Whether a page is shown, and who listens. It is known at once, before anything is rendered again. */
export interface Visibility {
  readonly getState: () => boolean
  readonly subscribe: (listener: () => void) => () => void
}

/**
 * What components ask of the host. They do not know it: app.tsx gives these once. A thing that is not given is not offered.
 */
export interface Actions {
  /** The way home from an error. */
  readonly home?: () => unknown
  readonly copy?: (text: string) => unknown
  readonly call?: (number: string) => unknown
  /** Hears of an error that nobody caught after a tap. One while drawing is shown by `guarded` itself. */
  readonly report?: (error: unknown) => void
  /** A hook, called in each page: is this page shown? Countdowns rest on hidden pages. */
  readonly useVisibility?: () => Visibility
  /** Over every page, when it has something to ask. */
  readonly Overlay?: ComponentType
  /** A hook, called in each page: the tabs to show at its bottom; null where the host shows its own, or none. */
  readonly useTabs?: () => readonly PageTab[] | null
  /** A hook: the telephone number that elder mode offers at every dead end; null elsewhere. */
  readonly useHotline?: () => string | null
  /** Around every page. */
  readonly Around?: ComponentType<PropsWithChildren>
  /** Above what a page shows: what it waits for, how old it is. */
  readonly Reading?: ComponentType
}

const ActionsContext = createContext<Actions>({})

export function ActionsProvider(props: { actions: Actions; children: ReactNode }) {
  return <ActionsContext.Provider value={props.actions}>{props.children}</ActionsContext.Provider>
}

export function useActions(): Actions {
  return useContext(ActionsContext)
}

/** Outside of a page, and where nobody tells. */
export const alwaysVisible: Visibility = { getState: () => true, subscribe: () => () => undefined }

const VisibilityContext = createContext(alwaysVisible)

export const VisibilityProvider = VisibilityContext.Provider

/** The visibility of the page that this component is in. Who only asks is not rendered again. */
export const useVisibility = (): Visibility => useContext(VisibilityContext)

/** Is the page that this component is in shown? */
export function usePageVisible(): boolean {
  const { subscribe, getState } = useVisibility()
  return useSyncExternalStore(subscribe, getState)
}

/** Runs `act` now, or once the page is shown again: a hidden page is sent nothing. Gives a function that calls it off. */
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
