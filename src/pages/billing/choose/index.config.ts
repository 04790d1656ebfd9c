export default definePageConfig({ navigationBarTitleText: '选择要缴的账单' })
