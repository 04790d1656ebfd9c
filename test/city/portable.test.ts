import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

/*
 * PostgreSQL, YugabyteDB, Citus and CockroachDB take the same schema: what only some of them have, or what keeps a city from being a
 * shard, is not in it. 001 and 002 are released as they are: what they have of it, a later migration takes away.
 */

const folder = path.join(__dirname, '..', '..', 'city', 'database', 'migrations')
const released = ['001-city.sql', '002-booking.sql']
const read = (file: string) => readFileSync(path.join(folder, file), 'utf8').replace(/--.*$/gm, '')
const statements = (file: string) =>
  read(file)
    .split(';')
    .map((statement) => statement.replace(/\s+/g, ' ').trim())
    .filter((statement) => statement !== '')

/** How a statement of a migration may begin. */
const allowed =
  /^(create table \w+ \(|create (unique )?index \w+ on |drop (table|index) \w+|alter table \w+ (add|drop|alter) |update \w+ set |insert into \w+ )/

const refused: Record<string, RegExp> = {
  'a serial or identity column: turns come from times, ids are random':
    /\w (big|small)?serial\b|generated (always|by default) as identity/,
  'a sequence': /\b(create sequence|nextval)\b/,
  'a deferrable constraint': /\bdeferrable\b/,
  'a trigger, a function or a procedure': /\b(trigger|function|procedure|language plpgsql|do \$)\b/,
  'an extension': /\bextension\b/,
  'an exclusion constraint': /\bexclude (using )?\b/,
  'a lock of a table or an advisory one': /\block table\b|pg_advisory|pg_try_advisory/,
  'an index other than a B-tree': /\busing (gin|gist|brin|hash|spgist)\b/,
  'a materialised view, inheritance or a partition of its own': /\b(materialized|inherits|partition (by|of))\b/,
}

const ofRelease = ['generated always as identity', 'deferrable initially deferred']

test('migrations have what all of these engines take, and nothing else', () => {
  const files = readdirSync(folder).filter((name) => name.endsWith('.sql'))
  expect(files.length).toBeGreaterThan(6)
  for (const file of files) {
    for (const statement of statements(file)) {
      expect([file, allowed.test(statement) ? '' : statement]).toEqual([file, ''])
      const known = released.includes(file) ? ofRelease : []
      const text = known.reduce((rest, each) => rest.replace(each, ''), statement)
      for (const [what, pattern] of Object.entries(refused))
        expect([file, what, pattern.test(text) ? statement : '']).toEqual([file, what, ''])
    }
  }
})

/** Tables that are of no city, or are the list of cities. */
const ofNoCity = ['cities']

test('every table that a migration makes has a key that begins with the city', () => {
  const later = readdirSync(folder).filter((name) => name.endsWith('.sql') && !released.includes(name))
  for (const file of later) {
    for (const statement of statements(file)) {
      const table = /^create table (\w+) \(/.exec(statement)?.[1]
      if (table === undefined || ofNoCity.includes(table)) continue
      expect([table, /primary key \(city_id|city_id text primary key/.test(statement)]).toEqual([table, true])
    }
  }
})
