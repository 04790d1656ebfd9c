// WeChat's own keys; on Alipay they would be copied into app.json as they stand.
const wechatOnly: Partial<Parameters<typeof defineAppConfig>[0]> = {
  lazyCodeLoading: 'requiredComponents',
  requiredPrivateInfos: ['getFuzzyLocation'],
  permission: { 'scope.userFuzzyLocation': { desc: '用于找到您所在的城市' } },
  __usePrivacyCheck__: true,
}

export default defineAppConfig({
  pages: ['pages/home/index'],
  window: {
    navigationBarTitleText: '城市服务',
    navigationBarBackgroundColor: '#ffffff',
    navigationBarTextStyle: 'black',
    backgroundColor: '#f5f6f8',
    backgroundTextStyle: 'dark',
  },
  ...(process.env.TARO_ENV === 'weapp' ? wechatOnly : {}),
})
