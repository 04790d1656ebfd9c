export default definePageConfig({ navigationBarTitleText: '办什么事' })
