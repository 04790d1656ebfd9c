import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { FastifyInstance } from 'fastify'

const types: Record<string, string> = { html: 'text/html', css: 'text/css', js: 'text/javascript' }
const files = ['index.html', 'panel.css', 'words.js', 'phones.js', 'panel.js']

/** The control page: switches for people over the control API. The preview's server shows it with phones beside it. */
export function addPanel(control: FastifyInstance): void {
  for (const file of files) {
    const type = `${types[file.split('.')[1] ?? '']}; charset=utf-8`
    const text = readFileSync(path.join(__dirname, 'panel', file), 'utf8')
    control.get(file === 'index.html' ? '/' : `/${file}`, (request, reply) => {
      // Its own files are named beside it.
      const [path, query = ''] = request.url.split('?')
      if (file === 'index.html' && path?.endsWith('control')) return reply.redirect(`control/${query && `?${query}`}`)
      return reply.type(type).send(text)
    })
  }
}
