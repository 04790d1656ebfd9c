export default definePageConfig({ navigationBarTitleText: '显示与语言' })
