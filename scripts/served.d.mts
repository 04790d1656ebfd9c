export function faultOfPage(address: string): Promise<string | null>
