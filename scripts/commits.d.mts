export function faultsOfMessage(message: string): string[]
export function faultsOfRange(range: string, cwd?: string): string[]
