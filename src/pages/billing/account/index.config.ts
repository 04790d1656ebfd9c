export default definePageConfig({ navigationBarTitleText: '户号' })
