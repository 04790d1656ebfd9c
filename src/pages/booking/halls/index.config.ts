export default definePageConfig({ navigationBarTitleText: '去哪个大厅' })
