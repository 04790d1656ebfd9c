import Taro from '@tarojs/taro'

/**
 * Resolves once the last change is on the screen. Await it between closing something and leaving its page: a page that is
 * left renders nothing any more, so the change would be sent to it while hidden.
 */
export const rendered = (): Promise<void> =>
  new Promise((resolve) => setTimeout(() => Taro.nextTick(() => resolve()), 0))
