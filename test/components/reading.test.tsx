import { inflateSync } from 'node:zlib'
import { act, fireEvent, render, screen } from '@testing-library/react'
import { encode } from 'uqr'
import { createStore } from 'zustand/vanilla'
import { ActionsProvider } from '@/components/actions'
import { Alert } from '@/components/alert'
import { Amount } from '@/components/amount'
import { Dialog } from '@/components/dialog'
import { ErrorState } from '@/components/empty'
import { guarded } from '@/components/guarded'
import { qrPicture } from '@/components/qr-code'
import { Screen } from '@/components/screen'
import { Sheet } from '@/components/sheet'
import { Steps } from '@/components/steps'
import { Segmented, Tabs } from '@/components/tabs'
import { TextProvider } from '@/text'
import { ThemeProvider } from '@/theme/theme'

test('an amount is written with commas and read without', () => {
  render(
    <>
      <Amount amountFen={123456} />
      <TextProvider language="en">
        <Amount amountFen={-1234567890} />
      </TextProvider>
    </>,
  )
  expect(screen.getByLabelText('1234.56元').textContent).toBe('¥1,234.56')
  expect(screen.getByLabelText('minus 12345678.90 yuan').textContent).toBe('−¥12,345,678.90')
})

test('an amount that is not whole fen is never a wrong amount', () => {
  render(<Amount amountFen={0.1 + 0.2} />)
  expect(screen.getByLabelText('金额未知').textContent).toBe('--')
})

test('tabs expose which is selected, and tapping it again does nothing', () => {
  const chosen: string[] = []
  const items = [
    { key: 'due', label: '待缴', count: 3 },
    { key: 'paid', label: '已缴' },
  ] as const
  render(<Tabs label="账单" items={items} value="due" onChange={(key) => chosen.push(key)} />)
  expect(screen.getByRole('tablist', { name: '账单' })).toBeTruthy()
  fireEvent.click(screen.getByRole('tab', { selected: true }))
  fireEvent.click(screen.getByRole('tab', { name: '已缴', selected: false }))
  expect(chosen).toEqual(['paid'])
})

test('segments are a group of radios', () => {
  const items = [
    { key: 'am', label: '上午' },
    { key: 'pm', label: '下午' },
  ] as const
  render(<Segmented label="时段" items={items} value="am" onChange={() => {}} />)
  expect(screen.getByRole('radiogroup', { name: '时段' })).toBeTruthy()
  expect(screen.getByRole('radio', { name: '上午', checked: true })).toBeTruthy()
})

test('a sheet and a dialog are modal, named, and gone when closed', () => {
  let closed = 0
  const { rerender } = render(
    <>
      <Sheet open title="办理人" onClose={() => (closed += 1)} />
      <Dialog open title="取消这个预约？" actions={[{ label: '保留', onTap: () => (closed += 10) }]} />
    </>,
  )
  for (const name of ['办理人', '取消这个预约？']) {
    expect(screen.getByRole('dialog', { name }).getAttribute('aria-modal')).toBe('true')
  }
  fireEvent.click(screen.getByRole('button', { name: '关闭' }))
  fireEvent.click(screen.getByRole('button', { name: '保留' }))
  expect(closed).toBe(11)
  rerender(
    <>
      <Sheet open={false} title="办理人" onClose={() => {}} />
      <Dialog open={false} title="取消这个预约？" actions={[]} />
    </>,
  )
  expect(screen.queryByRole('dialog')).toBeNull()
})

test('a page that breaks shows the request id and the way home, and can be tried again', () => {
  const quiet = jest.spyOn(console, 'error').mockImplementation(() => {})
  const did: string[] = []
  let broken = true
  const Page = guarded(() => {
    if (broken) throw Object.assign(new Error('x'), { requestId: 'req-42' })
    return <Screen title="账单" />
  })
  const actions = {
    home: () => did.push('home'),
    copy: (text: string) => did.push(text),
  }
  render(
    <ActionsProvider actions={actions}>
      <Page />
    </ActionsProvider>,
  )
  expect(screen.getByText('req-42')).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: '复制 问题编号' }))
  fireEvent.click(screen.getByRole('button', { name: '回到首页' }))
  expect(did).toEqual(['req-42', 'home'])
  broken = false
  fireEvent.click(screen.getByRole('button', { name: '重试' }))
  expect(screen.getByRole('heading').textContent).toBe('账单')
  quiet.mockRestore()
})

test('hiding and showing a page does not re-render it', () => {
  let renders = 0
  const visibility = createStore(() => true)
  const Page = guarded(() => {
    renders += 1
    return <Screen />
  })
  render(
    <ActionsProvider actions={{ useVisibility: () => visibility }}>
      <Page />
    </ActionsProvider>,
  )
  act(() => visibility.setState(false))
  act(() => visibility.setState(true))
  expect(renders).toBe(1)
})

test('what the host cannot do is not offered', () => {
  render(<ErrorState title="暂时查不到" text="请稍后再试" requestId="req-1" phone="0571-95598" home />)
  expect(screen.queryByRole('button')).toBeNull()
})

test('a step is read with its state before its name', () => {
  render(
    <Steps
      label="进度"
      steps={[
        { title: '款项已支付', state: 'done', time: '09:30' },
        { title: '缴费单位入账', state: 'current' },
      ]}
    />,
  )
  expect(screen.getByRole('listitem', { name: '已完成，款项已支付，09:30' })).toBeTruthy()
  expect(screen.getByRole('listitem', { name: '进行中，缴费单位入账' })).toBeTruthy()
})

test('the page carries its theme and keeps the host’s font size within limits', () => {
  const { container } = render(
    <ThemeProvider theme={{ dark: true, elder: true, contrast: false, fontScale: 3 }}>
      <Screen />
    </ThemeProvider>,
  )
  const root = container.firstElementChild
  expect(root?.className).toBe('screen screen--dark screen--elder')
  expect(root?.getAttribute('style')).toContain('--scale: 1.15')
})

test('an alert is read with its tone', () => {
  render(<Alert tone="warn">维护中</Alert>)
  expect(screen.getByRole('img', { name: '注意' })).toBeTruthy()
})

test('a code is rendered module by module, and a quiet zone of four', () => {
  const text = 'CS1.330100.9007199254740993'
  const { data, size } = encode(text, { border: 0, ecc: 'M' })
  const png = Buffer.from(qrPicture(text).replace('data:image/png;base64,', ''), 'base64')
  const edge = size + 8
  const [header, content] = [png.indexOf('IHDR'), png.indexOf('IDAT')]
  expect([png.readUInt32BE(header + 4), png.readUInt32BE(header + 8)]).toEqual([edge, edge])
  // The one sum over a part that is known beforehand: that of the empty last one.
  expect(png.subarray(-8).toString('hex')).toBe('49454e44ae426082')
  // Inflating checks the sum of its bytes as well.
  const rows = inflateSync(png.subarray(content + 4, content + 4 + png.readUInt32BE(content - 4)))
  const stride = 1 + Math.ceil(edge / 8)
  const isDark = (x: number, y: number) => (((rows[y * stride + 1 + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1) === 0
  const bitmap = Array.from({ length: edge }, (_, y) => Array.from({ length: edge }, (_, x) => isDark(x, y)))
  expect(bitmap.slice(4, -4).map((row) => row.slice(4, -4))).toEqual(data)
  const count = (all: boolean[][]) => all.flat().filter(Boolean).length
  expect(count(bitmap)).toBe(count(data))
})
