/** The languages the app speaks. zh-CN is written first. */
export type Language = 'zh-CN' | 'en'
