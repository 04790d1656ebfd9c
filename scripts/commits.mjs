// node scripts/commits.mjs <range>: holds the commit messages of a range, such as origin/main..HEAD, against CONTRIBUTING.md.
import { execFileSync } from 'node:child_process'
import { pathToFileURL } from 'node:url'

const TYPES = ['build', 'chore', 'ci', 'docs', 'feat', 'fix', 'perf', 'refactor', 'revert', 'style', 'test']
const LONGEST = 72
const subjectShape = new RegExp(`^(${TYPES.join('|')})(\\([\\w./-]+\\))?!?: (.+)$`)

/** What is wrong with a commit message, a line for each fault. */
export function faultsOfMessage(message) {
  const [subject = '', second = '', ...body] = message.trimEnd().split('\n')
  const topic = subjectShape.exec(subject)?.[3]
  const faults = []
  const refuse = (isWrong, line) => isWrong && faults.push(line)
  refuse(!topic, `does not begin like "fix(pages): …"; the types are ${TYPES.join(', ')}`)
  refuse(subject.length > LONGEST, `has a subject of ${subject.length} characters: at most ${LONGEST}`)
  refuse(/[.\s]$/.test(subject), 'ends with a full stop or a space')
  refuse(topic && /^[A-Z][a-z]/.test(topic), 'has a subject that begins with a capital letter')
  refuse(/;| & | \+ |, and also |, also /.test(topic ?? ''), 'has more than one topic in its subject: make two commits')
  refuse(/^(fixup|squash|amend)!|\bwip\b/i.test(subject), 'is not finished')
  refuse(second !== '', 'has no empty line after its subject')
  refuse(
    body.some((line) => line.length > 100 && line.includes(' ') && !/https?:/.test(line)),
    'has a line of more than 100 characters in its body',
  )
  return faults
}

/** The faults of all commits of a range, but for merges, whose subjects git writes. */
export function faultsOfRange(range, cwd = process.cwd()) {
  const log = execFileSync('git', ['log', '--no-merges', '--format=%h%x1f%B%x1e', range], { cwd, encoding: 'utf8' })
  const commits = log.split('\x1e').flatMap((entry) => (entry.trim() ? [entry.trim().split('\x1f')] : []))
  return commits.flatMap(([id, message = '']) =>
    faultsOfMessage(message).map((fault) => `${id} "${message.split('\n')[0]}" ${fault}`),
  )
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [range] = process.argv.slice(2)
  if (!range) {
    console.error('✗ Which commits? node scripts/commits.mjs origin/main..HEAD')
    process.exit(2)
  }
  const faults = faultsOfRange(range)
  for (const fault of faults) console.error(`✗ ${fault}`)
  process.exit(faults.length > 0 ? 1 : 0)
}
