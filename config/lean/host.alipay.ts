import { hostConfig } from '@tarojs/plugin-platform-alipay/dist/runtime-utils'
import { mergeReconciler } from '@tarojs/shared'

/** Taro's own start on Alipay without its table of components. */
mergeReconciler(hostConfig)
