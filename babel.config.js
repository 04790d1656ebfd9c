// Engines we compile for: the base library of the oldest phones we serve (iOS 12, the Chrome 69 kernel of Android 7 to 9).
const targets = { ios: '12', chrome: '69' }

/**
 * preset-env rewrites destructuring, default parameters and templates as a whole because of three rare faults of old
 * Safari. These engines have had all three for years, so only the faults are worked around (what `bugfixes: true` does,
 * which Taro's preset does not pass on): main package 12 kB less, everything compressed 5 kB less.
 */
const exclude = ['transform-destructuring', 'transform-parameters', 'transform-template-literals']
const include = [
  'bugfix/transform-safari-id-destructuring-collision-in-function-expression',
  'bugfix/transform-safari-rest-destructuring-rhs-array',
  'bugfix/transform-tagged-template-caching',
]

module.exports = (api) => {
  // The development server of the preview adds react-refresh by itself.
  api.cache.using(() => `${process.env.NODE_ENV}:${process.env.TARO_ENV}`)
  return {
    // No engine of ours has `document.all`, for which `a?.b` would be written twice as long.
    assumptions: { noDocumentAll: true },
    presets: [
      [
        'taro',
        {
          framework: 'react',
          ts: true,
          compiler: 'webpack5',
          targets,
          exclude,
          include,
          // No polyfills: src/ keeps to what these engines have, and core-js would cost 20 kB.
          useBuiltIns: false,
        },
      ],
    ],
  }
}
