import { useRouter } from '@tarojs/taro'
import { type ComponentProps, type ComponentType, type ReactNode, useMemo } from 'react'
import { guarded } from '@/components/guarded'
import { Screen } from '@/components/screen'
import { Skeleton } from '@/components/skeleton'
import type { Language } from '@/domain/language'
import { usePageTitle } from '@/lifecycle/use-page-title'
import type { ServiceError } from '@/services/errors'
import { useLanguage } from '@/text'
import { BadLink, Failure } from './failure'

type Params = Readonly<Record<string, unknown>>

interface Frame<Link extends object> {
  /** Reads the page's link; null is a bad one, and says so with a way home. Without it the page needs none. */
  link?: (params: Params) => Link | null
  /** In the host's bar. A page whose title depends on what it reads calls `usePageTitle` itself. */
  title?: (language: Language) => string
  view: ComponentType<Link>
}

const none = () => ({})

/**
 * The default export of every page: guards it, reads its link, gives it its title.
 *
 *     export default page({
 *       link: (params) => readLink(params, ['city', 'bill']),
 *       title: (language) => bill[language].title,
 *       view: BillPage,
 *     })
 */
export function page<Link extends object>({ link: read = none as () => Link, title, view: View }: Frame<Link>) {
  return guarded(function PageFrame() {
    const language = useLanguage()
    const { params } = useRouter()
    const link = useMemo(() => read(params), [params])
    usePageTitle(title?.(language))
    return link ? <View {...link} /> : <BadLink />
  })
}

/** A page's state before it is ready. A load becomes one with its reload: `{ ...load, reload }`. */
type State =
  | { readonly status: 'loading' }
  | { readonly status: 'failed'; readonly error: ServiceError; readonly reload: () => unknown }
  | { readonly status: string }

interface PageStateProps<S extends State> {
  state: S
  /** In the place of the content while it loads. */
  skeleton: readonly ComponentProps<typeof Skeleton>[]
  /** It is a part of a screen; else it is the whole one. */
  part?: boolean
  children: (ready: Exclude<S, { status: 'loading' | 'failed' }>) => ReactNode
}

/** Loading, failed with a retry, or what the page shows when it is ready. */
export function PageState<S extends State>({ state, skeleton, part, children }: PageStateProps<S>) {
  if (state.status !== 'loading' && state.status !== 'failed') return children(state as never)
  const content =
    'error' in state ? (
      <Failure error={state.error} onRetry={state.reload} />
    ) : (
      skeleton.map((props) => <Skeleton key={props.kind} {...props} />)
    )
  return part ? content : <Screen>{content}</Screen>
}
