export default definePageConfig({ navigationBarTitleText: '家人的账单和预约' })
