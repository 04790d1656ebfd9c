import { defineConfig } from '@hey-api/openapi-ts'

// Wire types and validators come from the contract and are committed; `npm run generate` rewrites them.
export default defineConfig({
  input: './contract/openapi.yaml',
  output: { path: process.env.WIRE_OUTPUT ?? 'contract/wire' },
  plugins: [
    { name: '@hey-api/typescript', enums: false },
    { name: 'valibot', requests: false, responses: false, webhooks: false, definitions: true },
  ],
  logs: { level: 'warn', file: false },
})
