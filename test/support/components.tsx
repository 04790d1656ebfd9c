import { createElement, type ReactNode } from 'react'

/**
 * Taro's built-in components as plain HTML, for tests in jsdom. Map `@tarojs/components` to this file. Attributes reach
 * the page as the host would see them (`role`, `aria-…`, `id`, `class`); events have the hosts' shape (`detail.value`).
 */

type Props = Record<string, unknown> & { children?: ReactNode }

/** Attributes of HTML; what only a host knows (`hoverClass`, `openType`) stays away from the DOM. */
const plainAttribute = /^(aria-.+|data-.+|role|id|className|style|onClick|tabIndex|children|key|ref)$/

function plain(props: Props): Props {
  const result: Props = {}
  for (const [name, value] of Object.entries(props)) {
    if (!plainAttribute.test(name) || name === 'aria-role') continue
    result[name] = value
  }
  // WeChat's spelling; views give both.
  if (result.role === undefined && typeof props['aria-role'] === 'string') result.role = props['aria-role']
  if (typeof props.ariaLabel === 'string') result['aria-label'] = props.ariaLabel
  return result
}

const box = (tag: string) => (props: Props) => createElement(tag, plain(props))

export const View = box('div')
export const Text = box('span')
export const ScrollView = box('div')
export const RootPortal = box('div')
export const Label = box('label')
export const Block = ({ children }: Props) => <>{children}</>
export const CustomWrapper = Block
export const PageMeta = Block
export const NavigationBar = () => null
export const Canvas = box('canvas')
export const Swiper = box('div')
export const SwiperItem = box('div')

export const Image = ({ src, ...props }: Props) =>
  createElement('img', { alt: '', ...plain(props), src, 'aria-label': props['aria-label'] })

/** WeChat's agreeing button tells of itself after the tap. */
export const Button = ({ disabled, openType, onAgreePrivacyAuthorization, ...props }: Props) =>
  createElement('button', {
    ...plain(props),
    type: 'button',
    disabled: disabled === true,
    onClick(event: unknown) {
      if (typeof props.onClick === 'function') props.onClick(event)
      if (openType === 'agreePrivacyAuthorization' && typeof onAgreePrivacyAuthorization === 'function') {
        onAgreePrivacyAuthorization({ type: 'agreeprivacyauthorization', detail: {} })
      }
    },
  })

/** Calls a host's handler with `detail.value`. */
function tell(handler: unknown, type: string, value: unknown) {
  if (typeof handler === 'function') handler({ type, detail: { value } })
}

function typing(tag: 'input' | 'textarea') {
  return ({
    value,
    placeholder,
    disabled,
    maxlength,
    password,
    onInput,
    onBlur,
    onFocus,
    onConfirm,
    ...props
  }: Props) =>
    createElement(tag, {
      ...plain(props),
      ...(tag === 'input' ? { type: password ? 'password' : 'text' } : {}),
      value: value ?? '',
      placeholder,
      disabled: disabled === true,
      ...(typeof maxlength === 'number' && maxlength >= 0 ? { maxLength: maxlength } : {}),
      onChange: (event: { target: { value: string } }) => tell(onInput, 'input', event.target.value),
      onBlur: (event: { target: { value: string } }) => tell(onBlur, 'blur', event.target.value),
      onFocus: (event: { target: { value: string } }) => tell(onFocus, 'focus', event.target.value),
      onKeyDown: (event: { key: string; currentTarget: { value: string } }) =>
        event.key === 'Enter' && tell(onConfirm, 'confirm', event.currentTarget.value),
    })
}

export const Input = typing('input')
export const Textarea = typing('textarea')

export const Switch = ({ checked, disabled, onChange, ...props }: Props) =>
  createElement('input', {
    ...plain(props),
    type: 'checkbox',
    role: 'switch',
    checked: checked === true,
    disabled: disabled === true,
    onChange: (event: { target: { checked: boolean } }) => tell(onChange, 'change', event.target.checked),
  })

export const Form = ({ onSubmit, ...props }: Props) =>
  createElement('form', {
    ...plain(props),
    onSubmit(event: { preventDefault(): void }) {
      event.preventDefault()
      tell(onSubmit, 'submit', {})
    },
  })
