import Taro from '@tarojs/api'
import { hooks } from '@tarojs/runtime'

hooks.call('initNativeApi', Taro)

export default Taro

/** Called by the entry that Taro writes. */
export const { initPxTransform } = Taro

/** `useDidShow` and its like, as Taro gives them out in the browser build. */
export * from '@tarojs/plugin-framework-react/dist/runtime'
