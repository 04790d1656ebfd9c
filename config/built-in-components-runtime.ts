import { internalComponents } from '@tarojs/shared'
import { reshapeBuiltInComponents } from './built-in-components'

reshapeBuiltInComponents(internalComponents, process.env.TARO_ENV === 'alipay' ? 'alipay' : 'weapp')
