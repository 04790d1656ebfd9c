export default definePageConfig({ navigationBarTitleText: '反馈支付问题' })
