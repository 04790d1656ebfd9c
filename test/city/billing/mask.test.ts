import { maskAddress, maskHolder } from '../../../city/billing/mask'
import { seedAddresses } from '../../../sandbox/seed'

test.each([
  ['张三', '张**'],
  ['王建国', '王**'],
  ['欧阳娜娜', '欧阳**'],
  ['上官云', '上官**'],
  ['司马', '司**'],
  ['古丽努尔·买买提', '古**·买**'],
  ['阿不都热依木·阿布都拉·吐尔逊', '阿**·阿**·吐**'],
  ['John Fitzgerald Smith', 'J** F** S**'],
  ['Madonna', 'M**'],
  ['𠮷田太郎', '𠮷**'],
  ['王', '王**'],
  ['杭州西湖文化创意产业园区物业管理服务有限责任公司第三分公司', '杭州****公司'],
  ['小河街道办事处社区服务中心', '小河****中心'],
  ['Hangzhou Lakeside Property Co., Ltd.', 'Ha****Co., Ltd.'],
  ['  ', '**'],
])('the holder %s is shown as %s', (holder, masked) => expect(maskHolder(holder)).toBe(masked))

test.each([
  ['西湖区文三路20号万塘花园3幢2单元601', '西湖区文三路***'],
  ['上城区解放路218号金衙庄1幢1502', '上城区解放路***'],
  ['滨江区江南大道3900号彩虹城3幢3单元902', '滨江区江南大道***'],
  ['余杭区五常街道联胜路8号西溪风情1幢1单元203', '余杭区五常街道联胜路***'],
  ['浙江省杭州市西湖区文三路20号', '浙江省杭州市西湖区文三路***'],
  ['钱塘区2号大街501号3幢', '钱塘区***'],
  ['转塘镇双流村5组12号', '转塘镇***'],
  ['路桥区中心大道1号', '路桥区中心大道***'],
  ['翠苑三区18幢2单元301室', '翠苑三区***'],
  ['3幢601', '***'],
  ['', '***'],
])('the address %s is shown as %s', (zh, masked) =>
  expect(maskAddress({ zh, en: '' }, { language: 'zh-CN' })).toBe(masked),
)

test.each([
  ['601, Unit 2, Building 3, Wantang Garden, 20 Wensan Road, Xihu', '***, Wensan Road, Xihu'],
  ['1502, Building 1, Jinyazhuang, 218 Jiefang Road, Shangcheng', '***, Jiefang Road, Shangcheng'],
  ['12 A-3 Lane 5, Xihu', '***, Xihu'],
  ['somewhere 12', '***'],
])('the address %s is shown in English as %s', (en, masked) =>
  expect(maskAddress({ zh: '', en }, { language: 'en' })).toBe(masked),
)

test('no house number, flat or name of a home of the seeds is shown, and each street is', () => {
  for (const { zh, en } of seedAddresses()) {
    const shown = [maskAddress({ zh, en }, { language: 'zh-CN' }), maskAddress({ zh, en }, { language: 'en' })]
    for (const text of shown) expect(text).not.toMatch(/\d/)
    expect(shown[0]).toMatch(/^.+(路|街|道|巷)\*\*\*$/)
    expect(shown[1]).toMatch(/^\*\*\*, .+, \w+$/)
  }
})
