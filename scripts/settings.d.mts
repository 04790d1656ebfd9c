type Settings = {
  fault?: string
  sandboxPort: number
  previewPort: number
  lan: boolean
  help: boolean
  database: { host: string; port: number } | null
}
export function readSettings(env: Record<string, string | undefined>, args: string[]): Settings
