/** A test by its file and a part of its name, or the compiler. */
export type Killer =
  | 'types'
  | { files: readonly string[]; name?: string; env?: Readonly<Record<string, string>>; project?: string }

/** Each edit is a file, a text that it holds once, and what somebody puts there by mistake. */
export declare const mistakes: readonly {
  name: string
  edits: readonly (readonly [file: string, find: string, put: string])[]
  killer: Killer
}[]
