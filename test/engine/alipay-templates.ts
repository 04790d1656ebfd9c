import path from 'node:path'

/**
 * Alipay's compiled files in WeChat's terms, so that one engine renders both. Only names change: conditions, loops, events,
 * modules and the keys of JSON files. Event types keep Alipay's camelCase (`touchStart`).
 */

export function wxmlOfAxml(axml: string): string {
  return axml
    .replace(/<import-sjs\s+name="([^"]+)"\s+from="([^"]+)\.sjs"\s*\/>/g, '<wxs module="$1" src="$2.wxs"/>')
    .replace(/(<(?:import|include)\s+src="[^"]+)\.axml"/g, '$1.wxml"')
    .replace(/(\s)a:(if|elif|else|for|for-item|for-index|for-items|key)(?=[\s=>])/g, '$1wx:$2')
    .replace(
      /(\s)(on|catch)([A-Z]\w*)=/g,
      (_, space, kind, type) => `${space}${kind === 'on' ? 'bind' : 'catch'}:${lowerFirst(type)}=`,
    )
    .replace(/(\s)on([a-z]\w*)=/g, '$1bind:$2=')
}

/** SJS modules are ES modules, WXS modules CommonJS. */
export function wxsOfSjs(sjs: string): string {
  return sjs
    .replace(/^\s*import\s+(\w+)\s+from\s+(['"])([^'"]+)\.sjs\2;?/gm, "var $1 = require('$3.wxs');")
    .replace(/^export\s+default\s+/m, 'module.exports = ')
}

export const stylesOfAcss = (acss: string): string => acss.replace(/(@import\s+"[^"]+)\.acss"/g, '$1.wxss"')

const endings: Record<string, string> = { '.axml': '.wxml', '.acss': '.wxss', '.sjs': '.wxs' }

/** `base.axml` as `base.wxml`. */
export function nameInWechat(file: string): string {
  const ending = path.extname(file)
  return endings[ending] ? file.slice(0, -ending.length) + endings[ending] : file
}

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1)
