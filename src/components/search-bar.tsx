import { Input, View } from '@tarojs/components'
import { memo } from 'react'
import { useText } from '@/text'
import { terms } from '@/text/terms'
import { a11y } from './a11y'
import { Icon } from './icon'
import { useOnce } from './once'
import './search-bar.scss'

interface Props {
  value: string
  onChange: (value: string) => void
  placeholder: string
  onSearch?: ((value: string) => unknown) | undefined
  focus?: boolean
}

/** Re-renders only when a prop changes: a host's input is sent its value again at each render. */
export const SearchBar = memo(function SearchBar({ value, onChange, placeholder, onSearch, focus }: Props) {
  const t = useText(terms)
  return (
    <View className="search">
      <Icon name="search" tone="quiet" />
      <Input
        className="search__input"
        placeholderClass="field__placeholder"
        value={value}
        placeholder={placeholder}
        confirmType="search"
        maxlength={140}
        focus={focus ?? false}
        onInput={(event) => onChange(event.detail.value)}
        onConfirm={(event) => onSearch?.(event.detail.value)}
        {...a11y({ label: placeholder })}
      />
      {value !== '' && (
        <View
          className="field__clear"
          onClick={() => onChange('')}
          {...a11y({ role: 'button', label: `${t.clear} ${t.search}` })}
        >
          <Icon name="x-circle" tone="quiet" />
        </View>
      )}
    </View>
  )
})

/** Looks like the bar, and leads to the page that searches. */
export function SearchLink({ label, id, onTap }: { label: string; id: string; onTap: (id: string) => unknown }) {
  const tap = useOnce(onTap)
  return (
    <View className="search" hoverClass="press" onClick={() => tap(id)} {...a11y({ role: 'button', label })}>
      <Icon name="search" tone="quiet" />
      <View className="search__link">{label}</View>
    </View>
  )
}
