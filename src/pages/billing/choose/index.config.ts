export default definePageConfig({ navigationBarTitleText: '合并缴费' })
