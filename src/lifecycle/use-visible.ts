import Taro, { useDidHide, useDidShow } from '@tarojs/taro'
import { type DependencyList, useCallback, useEffect, useRef, useState } from 'react'
import { createStore, type StoreApi, useStore } from 'zustand'

type Data = Record<string, unknown>
/** The host's page, to which Taro sends renders. The browser's has no such call. */
type HostPage = { setData?: ((data: Data, done?: () => void) => void) | undefined }

/**
 * Holds back what is rendered while a page is hidden: a late response, a timer, a store. Shown again, the page is sent all of
 * it at once, in the order of the last writes, as the host applies it.
 */
function createHolding(page: HostPage | null) {
  const send = page?.setData
  let held: Data | null = null
  return {
    hold() {
      if (!page || !send || held) return
      held = {}
      page.setData = (data, done) => {
        for (const path of Object.keys(data)) {
          if (held) delete held[path]
          held = { ...held, [path]: data[path] }
        }
        done?.()
      }
    },
    release() {
      const data = held
      held = null
      if (!page || !send || !data) return
      page.setData = send
      if (Object.keys(data).length > 0) send.call(page, data)
    },
  }
}

/** Whether this page is visible, for `guarded`; while it is not, it is sent nothing. */
export function useVisibility(): StoreApi<boolean> {
  const [visibility] = useState(() => createStore(() => true))
  const [holding] = useState(() => createHolding(Taro.getCurrentInstance().page as HostPage | null))
  useDidShow(() => {
    holding.release()
    visibility.setState(true)
  })
  useDidHide(() => {
    visibility.setState(false)
    holding.hold()
  })
  return visibility
}

/**
 * A selection of a store. While the page is hidden it stays as it was and nothing re-renders, whatever the store does; shown
 * again, the page re-renders with the store's present state.
 */
export function useWhileVisible<State, T>(store: StoreApi<State>, select: (state: State) => T): T {
  const isHidden = useRef(false)
  const last = useRef<{ value: T } | null>(null)
  const [, rerender] = useState(0)
  useDidHide(() => {
    isHidden.current = true
  })
  useDidShow(() => {
    if (!isHidden.current) return
    isHidden.current = false
    rerender((times) => times + 1)
  })
  return useStore(store, (state) => {
    if (!isHidden.current || last.current === null) last.current = { value: select(state) }
    return last.current.value
  })
}

/**
 * An effect that lasts while the page is visible: hiding ends it, showing begins it again, and neither re-renders. For
 * clocks, polls and the screen's brightness. `begin` gets whether the page was hidden before.
 */
export function useEffectWhileVisible(
  begin: (isBack: boolean) => (() => void) | undefined,
  dependencies: DependencyList,
): void {
  const isHidden = useRef(false)
  const end = useRef<(() => void) | undefined>(undefined)
  const newest = useRef(begin)
  newest.current = begin
  const stop = () => {
    end.current?.()
    end.current = undefined
  }
  useEffect(() => {
    if (!isHidden.current) end.current = newest.current(false)
    return stop
    // biome-ignore lint/correctness/useExhaustiveDependencies: the caller's, checked where it is called
  }, dependencies)
  useDidShow(() => {
    if (!isHidden.current) return
    isHidden.current = false
    end.current = newest.current(true)
  })
  useDidHide(() => {
    isHidden.current = true
    stop()
  })
}

/**
 * A state that does not change while the page is hidden: changes wait until it is shown again, in the same order.
 */
export function useStateWhileVisible<T>(initial: T | (() => T)): [T, (change: (now: T) => T) => void] {
  const [value, setValue] = useState(initial)
  const isHidden = useRef(false)
  const waiting = useRef<((now: T) => T)[]>([])
  useDidHide(() => {
    isHidden.current = true
  })
  useDidShow(() => {
    isHidden.current = false
    for (const change of waiting.current.splice(0)) setValue(change)
  })
  const set = useCallback((change: (now: T) => T) => {
    if (isHidden.current) waiting.current.push(change)
    else setValue(change)
  }, [])
  return [value, set]
}
