import { Text, View } from '@tarojs/components'

export default function Home() {
  return (
    <View>
      <Text>城市服务</Text>
    </View>
  )
}
