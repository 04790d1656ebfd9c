// PgBouncer for the storms: what is installed, else Debian's package.
import { existsSync } from 'node:fs'
import { debian, onPath } from './debian.mjs'

/** Its path, or undefined. Debian keeps it where only root looks. */
export const findPgbouncer = () =>
  [process.env.PGBOUNCER_PATH, onPath('pgbouncer'), '/usr/sbin/pgbouncer'].find((file) => file && existsSync(file))

/** Its path, or a line that says what to do. */
export function ensurePgbouncer() {
  if (!findPgbouncer()) debian('pgbouncer')
  const found = findPgbouncer()
  return found
    ? { path: found }
    : { line: 'No PgBouncer here (Debian: apt-get install pgbouncer, or set PGBOUNCER_PATH): storms go without it.' }
}
