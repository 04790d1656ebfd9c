// node test/planted/plant.mjs [words]: plants each mistake in a copy of the project and runs the tests that must notice it; with
// words, only the mistakes whose names hold one of them. Ends with 1 when a mistake survives.
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { tsImport } from 'tsx/esm/api'
import { step } from '../../scripts/setup.mjs'
import { mistakes } from './mistakes.mjs'

const root = path.join(import.meta.dirname, '..', '..')
const copy = mkdtempSync(path.join(os.tmpdir(), 'city-services-planted-'))
const report = path.join(copy, 'report.json')

function copyProject() {
  const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], { cwd: root })
  for (const file of String(files).split('\0').filter(Boolean)) {
    mkdirSync(path.dirname(path.join(copy, file)), { recursive: true })
    // What was deleted and not committed yet is still listed.
    cpSync(path.join(root, file), path.join(copy, file), { force: true, errorOnExist: false, recursive: true })
  }
  symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'))
}

/** Applies the edits; gives back how to undo them. */
function plant(edits) {
  const before = new Map()
  for (const [file, find, put] of edits) {
    const at = path.join(copy, file)
    const text = readFileSync(at, 'utf8')
    if (!before.has(at)) before.set(at, text)
    if (text.split(find).length !== 2) throw new Error(`${file} does not hold this once: ${find}`)
    writeFileSync(
      at,
      text.replace(find, () => put),
    )
  }
  return () => {
    for (const [at, text] of before) writeFileSync(at, text)
  }
}

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** The killer's result: `noticed`, `passed`, or why it could not run. */
async function ask(killer, databaseUrl) {
  if (killer === 'types') {
    const tsc = ['node_modules/typescript/bin/tsc', '--noEmit', '--incremental', 'false', '-p', '.']
    const { output } = await step(process.execPath, tsc, { cwd: copy })
    return output.includes('.types.test.ts') ? 'noticed' : 'passed'
  }
  const { files, name, env = {}, project = 'unit' } = killer
  const args = ['node_modules/jest/bin/jest.js', '--selectProjects', project, '--json', `--outputFile=${report}`]
  if (name) args.push('--testNamePattern', escaped(name))
  rmSync(report, { force: true })
  const { output } = await step(process.execPath, [...args, '--runTestsByPath', ...files], {
    cwd: copy,
    env: { DATABASE_URL: databaseUrl, ...env },
  })
  try {
    const result = JSON.parse(readFileSync(report, 'utf8'))
    if (result.numFailedTests > 0) return 'noticed'
    if (result.numPassedTests > 0 && result.numRuntimeErrorTestSuites === 0) return 'passed'
  } catch {}
  return `no test ran: ${output.trim().split('\n').slice(-20).join('\n')}`
}

async function plantAll() {
  const words = process.argv.slice(2)
  const chosen = mistakes.filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)))
  if (chosen.length === 0) {
    console.error(`✗ No mistake is called so. There are:\n${mistakes.map(({ name }) => `  ${name}`).join('\n')}`)
    process.exit(2)
  }

  const { startEmbeddedPostgres } = await tsImport('../../sandbox/embedded.ts', import.meta.url)
  const postgres = await startEmbeddedPostgres()
  const wrong = []
  try {
    copyProject()
    if (words.length === 0) {
      // A killer that fails without a mistake proves nothing.
      const killers = new Map(chosen.map(({ killer }) => [JSON.stringify(killer), killer]))
      for (const killer of killers.values()) {
        const result = await ask(killer, postgres.databaseUrl)
        if (result === 'passed') continue
        wrong.push(killer)
        console.log(`✗ without any mistake: ${JSON.stringify(killer)}: ${result}`)
      }
    }
    for (const { name, edits, killer } of chosen) {
      const began = Date.now()
      const undo = plant(edits)
      const result = await ask(killer, postgres.databaseUrl)
      undo()
      const seconds = `${((Date.now() - began) / 1000).toFixed(0)} s`
      console.log(`${result === 'noticed' ? '✓ killed  ' : '✗ SURVIVED'} ${seconds.padStart(6)}  ${name}`)
      if (result === 'noticed') continue
      wrong.push(name)
      if (result !== 'passed') console.log(result)
    }
  } finally {
    await postgres.stop()
    rmSync(copy, { recursive: true, force: true })
  }
  console.log(`${chosen.length} mistakes planted, ${wrong.length} left or not tested`)
  process.exit(wrong.length > 0 ? 1 : 0)
}

await plantAll()
