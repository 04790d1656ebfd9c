export default definePageConfig({ navigationBarTitleText: '常用办事人' })
