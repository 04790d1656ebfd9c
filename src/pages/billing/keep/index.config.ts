export default definePageConfig({ navigationBarTitleText: '保留这一户？' })
