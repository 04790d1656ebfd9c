/** The code of an invitation as it is sent: eight capitals and digits; null for what is none. Spaces and dashes may be typed. */
export function readInvitationCode(text: unknown): string | null {
  const code = typeof text === 'string' ? text.replace(/[\s-]/g, '').toUpperCase() : ''
  return /^[A-Z0-9]{8}$/.test(code) ? code : null
}

/** K7M2 P4QX: as it is read out. */
export const spokenInvitationCode = (code: string): string => `${code.slice(0, 4)} ${code.slice(4)}`
