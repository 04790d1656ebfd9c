export default definePageConfig({ navigationBarTitleText: '发票和票证' })
