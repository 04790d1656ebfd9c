import type { Words } from '../words'

export const both = (zh: string, en: string): Words => ({ zh, en })
