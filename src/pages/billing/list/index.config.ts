export default definePageConfig({ navigationBarTitleText: '全部账单' })
