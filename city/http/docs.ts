import apiReference from '@scalar/fastify-api-reference'
import type { FastifyInstance } from 'fastify'
import { contractText } from '../../contract/check'

/** The API documentation, from the package's own files: no font, script or question to elsewhere. */
export async function addDocs(app: FastifyInstance): Promise<void> {
  app.get('/openapi.yaml', (_request, reply) => reply.type('application/yaml; charset=utf-8').send(contractText))
  await app.register(apiReference, {
    routePrefix: '/docs',
    configuration: {
      content: contractText,
      title: 'City Service API',
      withDefaultFonts: false,
      telemetry: false,
      hideClientButton: true,
      showDeveloperTools: 'never',
      agent: { disabled: true },
    },
  })
}
