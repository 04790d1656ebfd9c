export default defineAppConfig({
  pages: ['pages/home/index'],
  window: {
    navigationBarTitleText: '城市服务',
    navigationBarBackgroundColor: '#ffffff',
    navigationBarTextStyle: 'black',
    backgroundColor: '#f5f6f8',
    backgroundTextStyle: 'dark',
  },
})
