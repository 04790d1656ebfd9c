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

/** The request id of an error that has one, whatever its class: ours are told by their members, not by instanceof. */
function requestIdOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('requestId' in error)) return undefined
  return typeof error.requestId === 'string' ? error.requestId : undefined
}

function Broken(props: { error: unknown; onRetry: () => void }) {
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
 * Wraps the default export of every page: an uncaught error shows a page with the request id and the way home, never a
 * white screen. Also tells what is inside whether the page is shown. A hidden page keeps its look and its language, and takes
 * on new ones when it is shown: data sent to a page that nobody sees costs as much as to one that is seen.
 */
export function guarded(Page: ComponentType) {
  // memo: becoming hidden must not draw the page again
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
            <Boundary fallback={(error, retry) => <Broken error={error} onRetry={retry} />}>
              <Around>
                <Inside />
              </Around>
            </Boundary>
          </ThemeProvider>
        </TextProvider>
      </VisibilityProvider>
    )
  }
  // Taro's mark for a page that says what a share card of it carries. Without it Alipay shares the page's own link.
  Guarded.enableShareAppMessage = true
  return Guarded
}
