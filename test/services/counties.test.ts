import { findCity } from '@/services/cities'
import { searchCounties } from '@/services/counties'

const cityOf = (typed: string) => searchCounties(typed)[0]?.city.name

test.each([
  ['余杭', '杭州'],
  ['余杭区', '杭州'],
  ['yuhang', '杭州'],
  ['义乌', '金华'],
  ['义乌市', '金华'],
  ['yiwu', '金华'],
  ['昆山', '苏州'],
  ['kunshan', '苏州'],
  ['浦东', '上海'],
  ['浦东新区', '上海'],
  ['pudong', '上海'],
  ['晋江', '泉州'],
  ['都江堰', '成都'],
  ['dujiangyan', '成都'],
  ['乐清', '温州'],
  ['yueqing', '温州'],
  ['宾县', '哈尔滨'],
  ['阿城', '哈尔滨'],
  ['海棠区', '三亚'],
  ['东乡族自治县', '临夏'],
  ['鄂伦春自治旗', '呼伦贝尔'],
  ['科尔沁左翼中旗', '通辽'],
  ['万柏林', '太原'],
  ['ＹＵＨＡＮＧ', '杭州'],
])('%s leads to %s', (typed, city) => {
  expect(cityOf(typed)).toBe(city)
})

test('initials find a county, a single character does not', () => {
  expect(searchCounties('yh').map(({ county }) => county)).toContain('余杭')
  expect(searchCounties('杭')).toEqual([])
  expect(searchCounties('')).toEqual([])
})

test('a name that several cities have leads to each', () => {
  const cities = searchCounties('鼓楼').map(({ city }) => city.name)
  expect(cities).toEqual(expect.arrayContaining(['南京', '徐州', '福州', '开封']))
})

test.each([
  ['429004', '仙桃'],
  ['429021', '神农架'],
  ['419001', '济源'],
  ['469028', '陵水'],
  ['659012', '白杨'],
  ['810000', '香港'],
  ['820000', '澳门'],
  ['710000', '台湾'],
])('%s is a city itself: %s', (id, name) => {
  expect(findCity(id)?.name).toBe(name)
})
