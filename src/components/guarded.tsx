import { Component, type ComponentType, Fragment, memo, type ReactNode, useRef, useSyncExternalStore } from 'react'
import { TextProvider, useLanguage, useText } from '@/text'
import { terms } from '@/text/terms'
import { ThemeProvider, useTheme } from '@/theme/theme'
import { alwaysVisible, useActions, VisibilityProvider } from './actions'
import { ErrorState } from './empty'
import { Screen } from './screen'

interface BoundaryProps {
  children: ReactNode
  fallback: (error: unknown, retry: () => void) => ReactNode
}

class Boundary extends Component<BoundaryProps, { failed: boolean; error: unknown }> {
  override state = { failed: false, error: undefined }

  static getDerivedStateFromError(error: unknown) {
    return { failed: true, error }
  }

  override render() {
    if (!this.state.failed) return this.props.children
    return this.props.fallback(this.state.error, () => this.setState({ failed: false, error: undefined }))
  }
}

/** The request id of an error that has one, whatever its class: `instanceof` is not reliable in ES5 output. */
function requestIdOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('requestId' in error)) return undefined
  return typeof error.requestId === 'string' ? error.requestId : undefined
}

function BrokenPage(props: { error: unknown; onRetry: () => void }) {
  const t = useText(terms)
  return (
    <Screen>
      <ErrorState
        title={t.somethingBroke}
        text={t.somethingBrokeText}
        requestId={requestIdOf(props.error)}
        onRetry={props.onRetry}
        home
      />
    </Screen>
  )
}

const always = () => alwaysVisible

/**
 * Wraps every page: an uncaught error shows a page with the request id and the way home, never a white screen. Provides the
 * page's visibility. A hidden page keeps its theme and language until it is shown: `setData` to a hidden page costs as much
 * as to a visible one.
 */
export function guarded(Page: ComponentType) {
  // memo: hiding must not re-render the page
  const Inside = memo(Page)
  function Guarded() {
    const { useVisibility = always, Around = Fragment } = useActions()
    const visibility = useVisibility()
    const isVisible = useSyncExternalStore(visibility.subscribe, visibility.getState)
    const newest = { language: useLanguage(), theme: useTheme() }
    const look = useRef(newest)
    if (isVisible) look.current = newest
    return (
      <VisibilityProvider value={visibility}>
        <TextProvider language={look.current.language}>
          <ThemeProvider theme={look.current.theme}>
            <Boundary fallback={(error, retry) => <BrokenPage error={error} onRetry={retry} />}>
              <Around>
                <Inside />
              </Around>
            </Boundary>
          </ThemeProvider>
        </TextProvider>
      </VisibilityProvider>
    )
  }
  // Taro's flag for a page with its own share card. Without it Alipay shares the page's link.
  Guarded.enableShareAppMessage = true
  return Guarded
}
