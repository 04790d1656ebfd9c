import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'

export type ShippedHost = 'weapp' | 'alipay'

/** `SHIPPED_FOLDER` names another folder of builds. */
const dist = path.resolve(process.env.SHIPPED_FOLDER ?? path.join(__dirname, '../../dist'))

export interface ShippedFile {
  /** Relative to the host's folder, with slashes. */
  readonly name: string
  readonly bytes: number
  text(): string
  content(): Buffer
}

/** Every file of a production build, as `npm run build` left it. */
export function shippedFiles(host: ShippedHost): ShippedFile[] {
  const root = path.join(dist, host)
  const walk = (folder: string): string[] =>
    readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const file = path.join(folder, entry.name)
      return entry.isDirectory() ? walk(file) : [file]
    })
  return walk(root).map((file) => ({
    name: path.relative(root, file).split(path.sep).join('/'),
    bytes: statSync(file).size,
    text: () => readFileSync(file, 'utf8'),
    content: () => readFileSync(file),
  }))
}

export const appJson = (host: ShippedHost): Record<string, unknown> =>
  JSON.parse(readFileSync(path.join(dist, host, 'app.json'), 'utf8'))

export const subPackages = (host: ShippedHost): string[] => {
  const { subPackages = [] } = appJson(host) as { subPackages?: { root: string }[] }
  return subPackages.map((part) => `${part.root.replace(/\/$/, '')}/`)
}

export const total = (files: readonly ShippedFile[]): number => files.reduce((sum, file) => sum + file.bytes, 0)

/** What is uploaded and downloaded, near enough: all files in one compressed stream, as in a package. */
export const compressed = (files: readonly ShippedFile[]): number =>
  gzipSync(Buffer.concat(files.map((file) => file.content())), { level: 9 }).length
