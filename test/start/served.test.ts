import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { faultOfPage } from '../../scripts/served.mjs'

type Answer = [type: string, text: string, status?: number]
const page: Answer = ['text/html; charset=utf-8', '<p>hello</p><script defer src="./app.js?v=1"></script>']
const script: Answer = ['application/javascript; charset=utf-8', 'start()']

/** What is wrong with the page of a server that has these files, and answers any other address with `otherwise`. */
async function faultWith(files: Record<string, Answer>, otherwise: Answer = ['text/plain', '', 404]) {
  const server = createServer((request, response) => {
    const [type, text, status = 200] = files[request.url?.split('?')[0] ?? ''] ?? otherwise
    response.writeHead(status, { 'content-type': type }).end(text)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const fault = await faultOfPage(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  server.closeAllConnections()
  server.close()
  return fault?.replace(/:\d+\//, '/') ?? null
}

test('a page whose scripts are served can start', async () => {
  expect(await faultWith({ '/': page, '/app.js': script })).toBeNull()
})

test('a dev server that answers a script with its page shows a blank page, and that is noticed', async () => {
  const fault = await faultWith({ '/': page }, page)
  expect(fault).toBe('the script ./app.js?v=1 is served as text/html, not as JavaScript')
})

test('a missing script, a page that names none, a broken page and a silent server are noticed', async () => {
  expect(await faultWith({ '/': page })).toBe('http://127.0.0.1/app.js?v=1 answers 404')
  expect(await faultWith({ '/': ['text/html', '<pre>Cannot GET /</pre>'] })).toBe('http://127.0.0.1/ names no script')
  expect(await faultWith({ '/': ['text/html', 'oops', 500] })).toBe('http://127.0.0.1/ answers 500')
  expect(await faultWith({ '/': ['application/json', '{}'] })).toMatch('is served as application/json, not as HTML')
  expect(await faultOfPage('http://127.0.0.1:1/')).toMatch('does not answer')
})
