import { hostConfig } from '@tarojs/plugin-platform-weapp/dist/runtime-utils'
import { mergeReconciler } from '@tarojs/shared'

/** Taro's own start on WeChat without its table of components. */
mergeReconciler(hostConfig)
