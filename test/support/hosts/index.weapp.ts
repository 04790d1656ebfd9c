/** Jest finds the host under test as the app finds its platform: by suffix. */
export { hostUnderTest } from './wechat'
