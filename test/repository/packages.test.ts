import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'yaml'
import project from '../../package.json'

const root = path.resolve(__dirname, '../..')
const { overrides: reasonsOfOverrides, ...reasons } = project['//']
const packages = Object.keys({ ...project.dependencies, ...project.devDependencies })
const isNamedBy = (name: string) => (pattern: string) =>
  pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern

test('package.json says of each package why it is there or stays at its version', () => {
  expect(packages.filter((name) => !Object.keys(reasons).some(isNamedBy(name)))).toEqual([])
  expect(Object.keys(reasons).filter((pattern) => !packages.some((name) => isNamedBy(name)(pattern)))).toEqual([])
})

test('package.json says of each override why it is there', () => {
  expect(Object.keys(reasonsOfOverrides)).toEqual(Object.keys(project.overrides))
})

test('versions are exact', () => {
  const versions = Object.values({ ...project.dependencies, ...project.devDependencies })
  expect(versions.filter((version) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([])
})

test('the lock file names no registry', () => {
  const lock = readFileSync(path.join(root, 'package-lock.json'), 'utf8')
  expect(lock).not.toMatch(/"resolved": "http/)
})

test('what is upgraded by hand is left alone by the updates', () => {
  const { updates } = parse(readFileSync(path.join(root, '.github/dependabot.yml'), 'utf8'))
  const ignored = updates[0].ignore.map((entry: { 'dependency-name': string }) => entry['dependency-name'])
  expect(ignored).toEqual(
    expect.arrayContaining(['@tarojs/*', 'babel-preset-taro', 'webpack', 'react', 'react-refresh']),
  )
  expect(ignored.filter((pattern: string) => !packages.some((name) => isNamedBy(name)(pattern)))).toEqual([])
})
