import Taro from '@tarojs/taro'

/**
 * When what was just changed is on the screen. To be awaited between closing something and leaving its page: a page that is
 * left draws nothing any more, so it would be sent once it is hidden.
 */
export const rendered = (): Promise<void> =>
  new Promise((resolve) => setTimeout(() => Taro.nextTick(() => resolve()), 0))
