// Holds the imports below a folder (this one, or the one named) against config/lint/arrows.cjs.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const here = path.dirname(fileURLToPath(import.meta.url))
const root = path.resolve(process.argv[2] ?? path.join(here, '..'))
const rooms = ['src', 'city', 'sandbox', 'conformance', 'contract'].filter((room) => existsSync(path.join(root, room)))

const program = path.join(here, '../node_modules/dependency-cruiser/bin/dependency-cruise.mjs')
const rules = path.join(here, '../config/lint/arrows.cjs')
const { status } = spawnSync(process.execPath, [program, '--config', rules, ...rooms], { cwd: root, stdio: 'inherit' })
process.exit(status ?? 1)
