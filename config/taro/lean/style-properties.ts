/** What our views set by `style`, and `display`, by which React hides. Taro's table of some 400 is built at start. */
export const styleProperties = ['backgroundImage', 'display', 'height', 'maxHeight']
