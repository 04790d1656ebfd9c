/** A node of a syntax tree, as acorn gives it. */
export interface Node {
  readonly type: string
  readonly [key: string]: unknown
}

const isNode = (value: unknown): value is Node => typeof (value as Node | null)?.type === 'string'

const childrenOf = (node: Node): Node[] => Object.values(node).flat().filter(isNode)

export function nodesOf(node: Node): Node[] {
  const found: Node[] = []
  const visit = (each: Node) => {
    found.push(each)
    childrenOf(each).forEach(visit)
  }
  visit(node)
  return found
}

const isFunction = (node: Node) => /Function/.test(node.type)

/** Names that a pattern declares: `a`, `[a, b]`, `{ c: d = 1, ...e }`. */
function bound(pattern: Node | null): string[] {
  if (!pattern) return []
  if (pattern.type === 'Identifier') return [String(pattern.name)]
  if (pattern.type === 'Property') return bound(pattern.value as Node)
  if (pattern.type === 'AssignmentPattern') return bound(pattern.left as Node)
  return childrenOf(pattern).flatMap(bound)
}

/** Everything declared inside a function, whatever its block: minified code never uses a name before its block. */
function declaredIn(scope: Node): Set<string> {
  const names = new Set<string>()
  const add = (more: string[]) => more.forEach((name) => void names.add(name))
  const visit = (node: Node) => {
    if (node.type === 'VariableDeclarator') add(bound(node.id as Node))
    if (node.type === 'CatchClause') add(bound(node.param as Node | null))
    if (/^(Function|Class)/.test(node.type) && node.id) add(bound(node.id as Node))
    if (!isFunction(node)) childrenOf(node).forEach(visit)
  }
  if (isFunction(scope)) {
    for (const each of scope.params as Node[]) add(bound(each))
    if (scope.id) add(bound(scope.id as Node))
  }
  childrenOf(scope).forEach(visit)
  return names
}

/**
 * Names that nothing in the script declares: globals, that the host must have. One whose type is tested in the same
 * function may be absent.
 */
export function freeNames(program: Node): string[] {
  const found: { name: string; place: Node }[] = []
  const tested = new Map<Node, Set<string>>()
  const visit = (node: Node, scopes: readonly Set<string>[], place: Node) => {
    if (node.type === 'Identifier') {
      const name = String(node.name)
      if (!scopes.some((scope) => scope.has(name))) found.push({ name, place })
      return
    }
    if (node.type === 'UnaryExpression' && node.operator === 'typeof') {
      const names = tested.get(place) ?? new Set<string>()
      tested.set(place, names.add(String((node.argument as Node).name)))
    }
    const inner = isFunction(node) ? [declaredIn(node), ...scopes] : scopes
    for (const child of childrenOf(node))
      if (!isLabel(node, child)) visit(child, inner, isFunction(node) ? node : place)
  }
  visit(program, [declaredIn(program)], program)
  return found.filter(({ name, place }) => !tested.get(place)?.has(name)).map(({ name }) => name)
}

/** The word after a dot, before a colon, of a loop: not a variable. */
function isLabel(node: Node, child: Node): boolean {
  if (node.type === 'MemberExpression') return child === node.property && !node.computed
  if (/^(Property|MethodDefinition)$/.test(node.type))
    return child === node.key && !node.computed && child !== node.value
  return /^(LabeledStatement|BreakStatement|ContinueStatement)$/.test(node.type) && child === node.label
}
