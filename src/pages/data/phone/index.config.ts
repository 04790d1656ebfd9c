export default definePageConfig({ navigationBarTitleText: '手机里保存的内容' })
