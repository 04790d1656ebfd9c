import { foreignKeys } from './keys'
import type { ShippedFile, ShippedHost } from './output'
import { lostReferences } from './references'
import { scriptFaults } from './scripts'
import { lostTemplates, uncompiled } from './templates'

/** What never belongs in a package, in whatever file. */
const forbidden: Record<string, RegExp> = {
  'an address of this machine': /127\.0\.0\.1|localhost|\b10\.0\.2\.2\b/,
  'the simulated till': /Simulated till|till\//,
  'a source map': /sourceMappingURL/,
  'a key': /PRIVATE KEY|\bAKIA[0-9A-Z]{16}\b|appsecret|app_secret/i,
  'a machine’s path': /\/(?:home|Users|work|tmp)\/[\w-]+\//,
}

function forbiddenWords(files: readonly ShippedFile[]): string[] {
  const maps = files.filter(({ name }) => name.endsWith('.map')).map(({ name }) => `${name} is a source map`)
  const faults = files
    .filter(({ name }) => /\.(js|json|wxml|axml|wxs|sjs|wxss|acss)$/.test(name))
    .flatMap((file) =>
      Object.entries(forbidden)
        .filter(([, pattern]) => pattern.test(file.text()))
        .map(([what]) => `${file.name} holds ${what}`),
    )
  return [...maps, ...faults]
}

/** All faults of an output that show without running it. */
export function faultsOf(host: ShippedHost, files: readonly ShippedFile[]): string[] {
  const scripts = files.filter(({ name }) => name.endsWith('.js'))
  return [
    ...lostReferences(host, files),
    ...lostTemplates(files),
    ...uncompiled(host, files),
    ...scripts.flatMap((file) => scriptFaults(host, file.name, file.text())),
    ...foreignKeys(host, files),
    ...forbiddenWords(files),
  ]
}
