import { parse } from 'yaml'

/** The module that says how far a city must know who calls, and what it must have agreed to: `x-level` and `x-consents` of the operations. */
export function levelsModule(contract) {
  const { paths, components } = parse(contract)
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, { operationId, 'x-level': level, 'x-consents': consents = [] }]) =>
      operationId === undefined ? [] : [{ operationId, level, consents, call: `${method.toUpperCase()} ${path}` }],
    ),
  )
  const known = components.schemas.Level.enum
  for (const { operationId, level } of operations)
    if (!known.includes(level)) throw new Error(`${operationId} has no x-level of ${known.join(', ')}`)
  const kinds = components.schemas.ConsentKind.enum
  for (const { operationId, consents } of operations)
    for (const consent of consents)
      if (!kinds.includes(consent)) throw new Error(`${operationId}: ${consent} is no consent`)
  const open = operations.filter(({ level }) => level === 'anybody')
  return `// This file is generated from contract/openapi.yaml by scripts/levels.mjs

import type { ConsentKind, Level } from './types.gen';

/** The least first; each holds what the ones before it hold. */
export const levels: readonly Level[] = [${known.map((level) => `'${level}'`).join(', ')}];

/** How far the city must know who calls an operation. */
export const levelOfOperation: Readonly<Record<string, Level>> = {
${operations.map(({ operationId, level }) => `    ${operationId}: '${level}',`).join('\n')}
};

/** What an act may demand the citizen's agreement to; nothing where it is not listed. */
export const consentsOfOperation = {
${operations
  .filter(({ consents }) => consents.length > 0)
  .map(({ operationId, consents }) => `    ${operationId}: [${consents.map((consent) => `'${consent}'`).join(', ')}],`)
  .join('\n')}
} as const satisfies Readonly<Record<string, readonly ConsentKind[]>>;

/** Calls that anybody may make, as method and path; \`*\` is a part of the path. */
export const openCalls: readonly string[] = [
${open.map(({ call }) => `    '${call.replace(/{\w+}/g, '*')}',`).join('\n')}
];
`
}
