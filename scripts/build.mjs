// npm run build: dist/weapp and dist/alipay, ready to open or to upload.
import { rmSync } from 'node:fs'
import path from 'node:path'
import { faultOfCities } from '../config/read-cities.cjs'
import { giveUp, root, setUp, step, tool } from './setup.mjs'

const hosts = process.argv.slice(2).length > 0 ? process.argv.slice(2) : ['weapp', 'alipay']

const fault = faultOfCities(process.env)
if (fault) giveUp(fault)
await setUp()
for (const host of hosts) {
  rmSync(path.join(root, 'dist', host), { recursive: true, force: true })
  const { code, output, ms } = await step(tool('taro'), ['build', '--type', host, '--no-check'], {
    label: `building ${host}`,
    env: { NODE_ENV: 'production', BROWSERSLIST_IGNORE_OLD_DATA: '1' },
  })
  // Taro leaves with 0 on some errors, so what it printed counts as well.
  if (code !== 0 || /Compiled with errors|编译失败|Module not found|\berror\b.*TS\d+/i.test(output)) {
    console.error(output)
    giveUp(`${host} did not build.`)
  }
  // A warning is a name that is not there, or a package grown beyond its limit: it would fail on a phone. npm's are about npm.
  const warnings = output.split('\n').filter((line) => /warning/i.test(line) && !line.startsWith('npm '))
  if (warnings.length > 0) {
    console.error(warnings.map((line) => `  ${line.trim()}`).join('\n'))
    giveUp(`${host} did not build without a warning.`)
  }
  console.log(`✓ dist/${host}  ${(ms / 1000).toFixed(1)} s`)
}
if (!process.env.CITY_ADDRESSES_FILE && process.env.NODE_ENV !== 'test')
  console.log(
    'Cities answer at the addresses of config/cities.production.json; CITY_ADDRESSES_FILE names another file.',
  )
