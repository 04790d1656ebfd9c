// Plants one mistake after the other in a copy of the tree and runs the tests that must find it. A mistake that no test finds
// is a hole in the proof. `node test/planted/booking.mjs` runs all, with a word after it only those whose name has it.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'

const root = path.join(import.meta.dirname, '..', '..')
const left = new Set(['node_modules', 'dist', '.git'])

/**
 * @typedef {{ file: string, from: string, to: string }} Edit
 * @typedef {{ name: string, edits: Edit[], test: string, only?: string, env?: Record<string, string> }} Mistake
 * @param {Mistake[]} mistakes
 */
export function plant(mistakes) {
  const copy = mkdtempSync(path.join(os.tmpdir(), 'planted-'))
  cpSync(root, copy, { recursive: true, filter: (file) => !left.has(path.relative(root, file)) })
  symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'))
  const wanted = process.argv[2] ?? ''
  const survived = []
  let killed = 0
  for (const mistake of mistakes.filter(({ name }) => name.includes(wanted))) {
    const undo = mistake.edits.map((edit) => apply(copy, mistake.name, edit))
    const began = Date.now()
    const { status, out } = run(copy, mistake)
    for (const back of undo.reverse()) back()
    const seconds = ((Date.now() - began) / 1000).toFixed(0)
    const found = status !== 0 && /Tests: +\d+ failed/.test(out)
    const by = /● (.+)/.exec(out)?.[1] ?? ''
    if (found) killed += 1
    else survived.push(mistake.name)
    console.log(
      `${found ? '✓ killed  ' : '✗ SURVIVED'} ${mistake.name} (${seconds} s)${found ? ` by "${by.trim()}"` : ''}`,
    )
    if (!found) console.log(out.split('\n').slice(-25).join('\n'))
  }
  rmSync(copy, { recursive: true, force: true })
  console.log(`\n${killed} killed, ${survived.length} survived${survived.length ? `: ${survived.join('; ')}` : ''}`)
  process.exit(survived.length > 0 ? 1 : 0)
}

function apply(copy, name, { file, from, to }) {
  const place = path.join(copy, file)
  const before = readFileSync(place, 'utf8')
  if (before.split(from).length !== 2) throw new Error(`${name}: ${file} does not hold exactly one of\n${from}`)
  writeFileSync(
    place,
    before.replace(from, () => to),
  )
  return () => writeFileSync(place, before)
}

function run(copy, { test, only, env }) {
  const args = ['node_modules/jest/bin/jest.js', test, '--selectProjects', 'unit', '--bail', '--testTimeout=60000']
  if (only) args.push('-t', only)
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: copy,
    encoding: 'utf8',
    env: { ...process.env, ...env },
    maxBuffer: 64 * 1024 * 1024,
  })
  return { status, out: `${stdout}\n${stderr}` }
}
