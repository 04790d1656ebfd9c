import { execFileSync } from 'node:child_process'
import { statSync } from 'node:fs'
import {
  addressOf,
  allCities,
  cityFromAdcode,
  findCity,
  groupByLetter,
  isOpen,
  nearestCity,
  searchCities,
} from '@/services/cities'

const addresses = { '330100': 'https://hangzhou.example', '460200': 'https://sanya.example' }
const names = (typed: string) => searchCities(typed, addresses).map(({ name }) => name)

// Readings that dictionaries and tone tables get wrong.
const traps =
  `重庆 chongqing,长沙 changsha,长春 changchun,长治 changzhi,厦门 xiamen,六安 luan,六盘水 liupanshui,亳州 bozhou,
台州 taizhou,丽水 lishui,蚌埠 bengbu,阿坝 aba,朝阳 chaoyang,乐山 leshan,东莞 dongguan,儋州 danzhou,百色 baise,漯河 luohe,
衢州 quzhou,泸州 luzhou,郴州 chenzhou,濮阳 puyang,阜阳 fuyang,宿迁 suqian,宿州 suzhou,莆田 putian,
邢台 xingtai,忻州 xinzhou,吕梁 lvliang,巴彦淖尔 bayannaoer,喀什 kashi,昌都 changdu,成都 chengdu,那曲 naqu,日喀则 rikaze,
克孜勒苏 kezilesu,和田 hetian,塔城 tacheng,石嘴山 shizuishan,中卫 zhongwei,巴中 bazhong,眉山 meishan,遂宁 suining,
汕尾 shanwei,湛江 zhanjiang,揭阳 jieyang,潮州 chaozhou,十堰 shiyan,荆州 jingzhou,孝感 xiaogan,盘锦 panjin,葫芦岛 huludao,
铁岭 tieling,延边 yanbian,佳木斯 jiamusi,济南 jinan,枣庄 zaozhuang,菏泽 heze,焦作 jiaozuo,三门峡 sanmenxia,
普洱 puer,楚雄 chuxiong,张掖 zhangye,陇南 longnan,嘉峪关 jiayuguan,临沂 linyi,滁州 chuzhou,上饶 shangrao`
    .split(/,\s*/)
    .map((pair) => pair.split(' '))

test('there are 372 cities, each with its own id and name', () => {
  const cities = allCities()
  expect(cities).toHaveLength(372)
  expect(new Set(cities.map(({ id }) => id)).size).toBe(372)
  expect(new Set(cities.map(({ name }) => name)).size).toBe(372)
  for (const city of cities) {
    expect(city).toEqual({
      id: expect.stringMatching(/^\d{4}00$|^\d\d90\d\d$/),
      name: expect.stringMatching(/^[\u4e00-\u9fff]{2,6}$/),
      province: expect.stringMatching(/^[\u4e00-\u9fff]{2,3}$/),
      pinyin: expect.stringMatching(/^[a-z]{3,20}$/),
      initials: expect.stringMatching(/^[a-z]{2,6}$/),
      latin: expect.stringMatching(/^[A-ZÜ][a-zêü']+( Kong)?$/),
    })
  }
})

test('polyphones are read as the place is called', () => {
  const read = Object.fromEntries(allCities().map(({ name, pinyin }) => [name, pinyin]))
  const wrong = traps.filter(([name = '', pinyin]) => read[name] !== pinyin)
  expect(traps.length).toBeGreaterThan(60)
  expect(wrong).toEqual([])
})

test('a city is known by its adcode, in its province', () => {
  expect(findCity('330100')).toEqual({
    id: '330100',
    name: '杭州',
    province: '浙江',
    pinyin: 'hangzhou',
    initials: 'hz',
    latin: 'Hangzhou',
  })
  expect(findCity('500000')).toMatchObject({ name: '重庆', province: '重庆' })
  expect(findCity('650100')).toMatchObject({ name: '乌鲁木齐', province: '新疆', latin: 'Ürümqi' })
  for (const wrong of ['330000', '330101', '', 'constructor', '3301'])
    expect([wrong, findCity(wrong)]).toEqual([wrong, null])
})

test('long official names are short, except where that would be another place', () => {
  const named = ['222400', '513200', '533100', '652800', '232700', '152500', '220200', '632500', '152200', '460300']
  expect(named.map((id) => findCity(id)?.name)).toEqual([
    '延边',
    '阿坝',
    '德宏',
    '巴音郭楞',
    '大兴安岭',
    '锡林郭勒',
    '吉林市',
    '海南州',
    '兴安盟',
    '三沙',
  ])
})

test('Latin names are those on a map', () => {
  const written = ['610100', '341500', '530800', '141100', '230100', '150100', '320800', '370100', '230700']
  expect(written.map((id) => findCity(id)?.latin)).toEqual([
    "Xi'an",
    "Lu'an",
    "Pu'er",
    'Lüliang',
    'Harbin',
    'Hohhot',
    "Huai'an",
    'Jinan',
    'Yichun',
  ])
})

test('initials find an open city before its namesakes', () => {
  expect(names('hz')[0]).toBe('杭州')
  expect(names('HZ')).toEqual(['杭州', '汉中', '菏泽', '贺州', '惠州', '湖州'])
  expect(searchCities('hz', { '330500': 'x' })[0]?.name).toBe('湖州')
  expect(searchCities('sy', addresses)[0]?.name).toBe('三亚')
  // An open one stands before a better match that is not.
  expect(names('ha').slice(0, 2)).toEqual(['杭州', '淮安'])
  expect(searchCities('sy', { '210100': 'x' })[0]?.name).toBe('沈阳')
})

test('a name is found in every way that people write it', () => {
  const typed = [
    '杭州',
    '杭',
    '杭州市',
    'hangzhou',
    'Hang Zhou',
    'hangz',
    'hangzh',
    'hzhou',
    'ｈａｎｇｚｈｏｕ',
    "hang'zhou",
  ]
  for (const text of typed) expect([text, names(text)[0]]).toEqual([text, '杭州'])
  expect(names('延边朝鲜族自治州')).toEqual(['延边'])
  expect(names('海南藏族自治州')[0]).toBe('海南州')
  expect(names('阿里地区')[0]).toBe('阿里')
  expect(names('xian')[0]).toBe('西安')
  expect(names("xi'an")[0]).toBe('西安')
  for (const text of ['lvliang', 'lüliang', 'luliang', 'LÜLIANG']) expect([text, names(text)]).toEqual([text, ['吕梁']])
  expect(names('harbin')).toEqual(['哈尔滨'])
  expect(names('haerbin')).toEqual(['哈尔滨'])
  expect(names('urumqi')).toEqual(['乌鲁木齐'])
  expect(names('Ürümqi')).toEqual(['乌鲁木齐'])
  expect(names('门').sort()).toEqual(['三门峡', '厦门', '江门', '荆门', '天门', '澳门', '铁门关'].sort())
})

test('a province finds its cities', () => {
  expect(names('浙江省')).toHaveLength(11)
  expect(names('浙江')[0]).toBe('杭州')
  expect(names('海南')).toHaveLength(20)
  expect(names('海南')).toEqual(expect.arrayContaining(['三亚', '三沙', '儋州', '海口', '海南州', '琼海', '陵水']))
  expect(names('海南')[0]).toBe('三亚')
  expect(names('吉林')[0]).toBe('吉林市')
})

test('a search for nothing known finds nothing', () => {
  for (const text of ['', '  ', "'", '纽约', 'qqq', 'angzhou', '330100', 'x'.repeat(5000), '(', '\\']) {
    expect([text.slice(0, 9), names(text)]).toEqual([text.slice(0, 9), []])
  }
})

test('only cities with an address are open', () => {
  expect(isOpen('330100', addresses)).toBe(true)
  expect(isOpen('510100', addresses)).toBe(false)
  expect(isOpen('constructor', addresses)).toBe(false)
  expect(addressOf('330100', addresses)).toBe('https://hangzhou.example')
  expect(addressOf('toString', addresses)).toBeNull()
  expect(isOpen('330100')).toBe(false)
})

test('a district lies in its city, and a municipality is one city', () => {
  const lies = (adcode: string) => cityFromAdcode(adcode)?.name ?? null
  expect(lies('330106')).toBe('杭州')
  expect(lies('330100')).toBe('杭州')
  expect([lies('110105'), lies('120101'), lies('310115'), lies('500112'), lies('500229')]).toEqual([
    '北京',
    '天津',
    '上海',
    '重庆',
    '重庆',
  ])
  expect([lies('429004'), lies('659001'), lies('469005'), lies('810001'), lies('710100')]).toEqual([
    '仙桃',
    '石河子',
    '文昌',
    '香港',
    '台湾',
  ])
  expect([lies('330000'), lies('429099'), lies('33010'), lies('330106x')]).toEqual([null, null, null, null])
})

test('a fuzzy point is in the nearest open city, and nowhere when all are far', () => {
  const centres = { '330100': [30.27, 120.15], '510100': [30.57, 104.07] } as const
  const near = (latitude: number, longitude: number) => nearestCity({ latitude, longitude }, centres)?.name ?? null
  expect([near(30.25, 120.21), near(30.7, 103.95), near(31.23, 121.47), near(Number.NaN, 120)]).toEqual([
    '杭州',
    '成都',
    null,
    null,
  ])
})

test('the letters run from A to Z and hold every city once', () => {
  const groups = groupByLetter()
  const letters = groups.map(({ letter }) => letter)
  expect(letters).toEqual([...letters].sort())
  expect(new Set(letters).size).toBe(letters.length)
  expect(letters).not.toContain('I')
  expect(groups.flatMap(({ cities }) => cities)).toEqual(allCities())
  for (const { letter, cities } of groups) {
    for (const city of cities) expect(city.pinyin.charAt(0).toUpperCase()).toBe(letter)
  }
})

test('the table is small and what the generator writes', () => {
  expect(statSync('src/services/cities.gen.ts').size).toBeLessThan(12 * 1024)
  expect(() => execFileSync('node', ['scripts/generate-cities.mjs', '--check'])).not.toThrow()
})
