/** PostgreSQL's five-character code of an error, or the system's (ECONNREFUSED); empty when it has none. */
export const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''

/** Another transaction changed what this one read: it is tried again. */
export const lost = (): Error => Object.assign(new Error('Changed meanwhile'), { code: '40001' })
