export default definePageConfig({ navigationBarTitleText: '长期缴费授权' })
