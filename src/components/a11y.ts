/** What a screen reader reads of a view. */
export interface Says {
  role?:
    | 'alert'
    | 'button'
    | 'checkbox'
    | 'dialog'
    | 'group'
    | 'heading'
    | 'img'
    | 'link'
    | 'list'
    | 'listitem'
    | 'progressbar'
    | 'radio'
    | 'radiogroup'
    | 'status'
    | 'switch'
    | 'tab'
    | 'tablist'
    | 'timer'
    | undefined
  label?: string | undefined
  /** Decoration: not read at all. */
  hidden?: boolean | undefined
  checked?: boolean | undefined
  selected?: boolean | undefined
  disabled?: boolean | undefined
  expanded?: boolean | undefined
  modal?: boolean | undefined
  live?: 'polite' | 'assertive' | undefined
}

/**
 * The attributes for a view: `<View {...a11y({ role: 'button', label })}>`.
 * The role twice: WeChat reads `aria-role`, Alipay and browsers read `role`. What is not given is not sent.
 */
export function a11y(says: Says) {
  return {
    ...(says.role && { role: says.role, 'aria-role': says.role }),
    ...(says.label && { 'aria-label': says.label }),
    ...(says.hidden && { 'aria-hidden': true }),
    ...(says.checked !== undefined && { 'aria-checked': says.checked }),
    ...(says.selected !== undefined && { 'aria-selected': says.selected }),
    ...(says.disabled !== undefined && { 'aria-disabled': says.disabled }),
    ...(says.expanded !== undefined && { 'aria-expanded': says.expanded }),
    ...(says.modal && { 'aria-modal': true }),
    ...(says.live && { 'aria-live': says.live }),
  }
}
