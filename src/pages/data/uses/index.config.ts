export default definePageConfig({ navigationBarTitleText: '谁用了我的信息' })
