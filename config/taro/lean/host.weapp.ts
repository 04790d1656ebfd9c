import { hostConfig } from '@tarojs/plugin-platform-weapp/dist/runtime-utils'
import { mergeReconciler } from '@tarojs/shared'
import { slimmed } from './slim'

/** Taro's own start on WeChat without its table of components, and with less to send. */
mergeReconciler(slimmed(hostConfig, 'role'))
