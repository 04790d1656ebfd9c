/** Modules of Taro that come without types. */

declare module '@tarojs/plugin-platform-weapp/dist/runtime-utils' {
  export const hostConfig: {
    transferHydrateData(data: object, node: object, aliases: unknown): object | undefined
  }
}

declare module '@tarojs/plugin-platform-alipay/dist/runtime-utils' {
  export const hostConfig: {
    transferHydrateData(data: object, node: object, aliases: unknown): object | undefined
  }
}

declare module '@tarojs/plugin-framework-react/dist/runtime'
