export default definePageConfig({ navigationBarTitleText: '手机提醒' })
