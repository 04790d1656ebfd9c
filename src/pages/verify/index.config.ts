export default definePageConfig({ navigationBarTitleText: '查验缴费凭证' })
