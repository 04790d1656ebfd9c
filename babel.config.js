// Engines we compile for: the base library of the oldest phones we serve (iOS 12, the Chrome 69 kernel of Android 7 to 9).
const targets = { ios: '12', chrome: '69' }

module.exports = (api) => {
  // The development server of the preview adds react-refresh by itself.
  api.cache.using(() => `${process.env.NODE_ENV}:${process.env.TARO_ENV}`)
  return {
    presets: [
      [
        'taro',
        {
          framework: 'react',
          ts: true,
          compiler: 'webpack5',
          targets,
          // No polyfills: src/ keeps to what these engines have, and core-js would cost 20 kB.
          useBuiltIns: false,
        },
      ],
    ],
  }
}
