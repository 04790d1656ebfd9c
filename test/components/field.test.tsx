import { fireEvent, render, screen } from '@testing-library/react'
import { useState } from 'react'
import { Check, Choice } from '@/components/choice'
import { Field } from '@/components/field'
import { SwitchCell } from '@/components/switch'

function Account(props: { error?: string }) {
  const [value, setValue] = useState('3301')
  return <Field label="户号" hint="13 位数字" value={value} onChange={setValue} error={props.error} type="number" />
}

test('an error is announced, and read with its field', () => {
  const { rerender } = render(<Account />)
  const alert = screen.getByRole('alert')
  expect(alert.textContent).toBe('')
  rerender(<Account error="少了 9 位数字" />)
  // the same live region: one that appears together with its words is not read
  expect(screen.getByRole('alert')).toBe(alert)
  expect(alert.textContent).toBe('少了 9 位数字')
  expect(alert.getAttribute('aria-live')).toBe('assertive')
  expect(screen.getByLabelText('户号，13 位数字，少了 9 位数字')).toBeTruthy()
})

test('typing changes the value, and the clear button empties it and goes away', () => {
  render(<Account />)
  const input = screen.getByLabelText<HTMLInputElement>(/户号，/)
  fireEvent(input, new CustomEvent('input', { detail: { value: '33011' } }))
  expect(input.value).toBe('33011')
  fireEvent.click(screen.getByRole('button', { name: '清除 户号' }))
  expect(input.value).toBe('')
  expect(screen.queryByRole('button')).toBeNull()
})

test('one of a few options is selected; a disabled one shows why', () => {
  const chosen: string[] = []
  render(
    <Choice
      label="这是谁的户号？"
      value="self"
      onChange={(value) => chosen.push(value)}
      options={[
        { value: 'self', label: '我自己的' },
        { value: 'other', label: '我帮别人缴' },
        { value: 'org', label: '单位', disabled: true, reason: '暂不支持' },
      ]}
    />,
  )
  expect(screen.getByRole('radiogroup', { name: '这是谁的户号？' })).toBeTruthy()
  expect(screen.getByRole('radio', { name: '我自己的', checked: true })).toBeTruthy()
  fireEvent.click(screen.getByText('我帮别人缴'))
  fireEvent.click(screen.getByText('单位'))
  expect(chosen).toEqual(['other'])
  expect(screen.getByText('暂不支持')).toBeTruthy()
})

test('a checkbox and a switch expose their state and toggle it', () => {
  const turned: boolean[] = []
  render(
    <>
      <Check label="已核对" checked={false} onChange={(on) => turned.push(on)} />
      <SwitchCell title="大字模式" on onChange={(on) => turned.push(on)} />
    </>,
  )
  fireEvent.click(screen.getByRole('checkbox', { name: '已核对' }))
  fireEvent.click(screen.getByRole('switch', { name: '大字模式', checked: true }))
  expect(turned).toEqual([true, false])
})
