import { parse } from 'yaml'

/** The module that says how far a city must know who calls: `x-level` of each operation of the contract. */
export function levelsModule(contract) {
  const { paths, components } = parse(contract)
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, { operationId, 'x-level': level }]) =>
      operationId === undefined ? [] : [{ operationId, level, call: `${method.toUpperCase()} ${path}` }],
    ),
  )
  const known = components.schemas.Level.enum
  for (const { operationId, level } of operations)
    if (!known.includes(level)) throw new Error(`${operationId} has no x-level of ${known.join(', ')}`)
  const open = operations.filter(({ level }) => level === 'anybody')
  return `// This file is generated from contract/openapi.yaml by scripts/levels.mjs

import type { Level } from './types.gen';

/** The least first; each holds what the ones before it hold. */
export const levels: readonly Level[] = [${known.map((level) => `'${level}'`).join(', ')}];

/** How far the city must know who calls an operation. */
export const levelOfOperation: Readonly<Record<string, Level>> = {
${operations.map(({ operationId, level }) => `    ${operationId}: '${level}',`).join('\n')}
};

/** Calls that anybody may make, as method and path; \`*\` is a part of the path. */
export const openCalls: readonly string[] = [
${open.map(({ call }) => `    '${call.replace(/{\w+}/g, '*')}',`).join('\n')}
];
`
}
