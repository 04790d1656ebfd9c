import { getCurrentInstance, hooks, nextTick } from '@tarojs/runtime'

declare const getCurrentPages: () => object[]

/** What our code asks of Taro; a host adds its own (native-apis.ts). */
const Taro = { getCurrentInstance, getCurrentPages: () => getCurrentPages(), nextTick }

hooks.call('initNativeApi', Taro)

export default Taro

/** Called by the entry that Taro writes, for sizes in scripts; ours are in style sheets. */
export const initPxTransform = () => {}

/** `useDidShow` and its like, as Taro gives them out in the browser build. */
export * from '@tarojs/plugin-framework-react/dist/runtime'
