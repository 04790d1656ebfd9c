export default definePageConfig({ navigationBarTitleText: '投诉或反馈' })
