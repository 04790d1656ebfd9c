/** The app's languages. zh-CN is written first. */
export type Language = 'zh-CN' | 'en'
