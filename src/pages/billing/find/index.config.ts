export default definePageConfig({ navigationBarTitleText: '凭编号缴费' })
