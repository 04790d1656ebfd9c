/// <reference types="@tarojs/taro" />

/** Base address of each open city's backend by adcode, written in by the build (config/cities.ts). */
declare const CITY_ADDRESSES: Readonly<Record<string, string>>

/** Centre of each open city by adcode: latitude and longitude in degrees. */
declare const CITY_CENTRES: Readonly<Record<string, readonly [number, number]>>

/** The version in package.json, written in by the build. */
declare const APP_VERSION: string

declare module '*.scss'
declare module '*.png' {
  const address: string
  export default address
}
declare module '*.svg' {
  const address: string
  export default address
}
