// What changed in the contract since the last release (`contract/released.yaml`), each change classed. A city may lag one release and
// a phone too, so both must hold: today's app reads the city of the last release, and the app of the last release reads today's city.
//
// breaking  one of the two would refuse, or read something else than was meant: needs a new major version
// additive  who does not know it ignores it, or asks the manifest before using it
// text      words for people

/** Bounds: in an answer each change breaks one of the two; what is sent may be wider, as long as the app sends only what it did. */
const lower = ['minimum', 'minLength', 'minItems']
const upper = ['maximum', 'maxLength', 'maxItems']
const words = ['summary', 'description', 'example', 'examples', 'title']

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value)
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other)
const keysOf = (one, other) => [...new Set([...Object.keys(one ?? {}), ...Object.keys(other ?? {})])]
const methods = ['get', 'put', 'post', 'delete', 'patch']

/** All changes from one contract to another, both as read from YAML. */
export function contractChanges(old, now) {
  const found = new Map()
  const note = (kind, at, what) => found.set(`${kind} ${at} ${what}`, { class: kind, at, what })
  const resolve = (document, part) => {
    let value = part
    let name = null
    while (value?.$ref) {
      name = value.$ref.split('/').at(-1)
      value = value.$ref
        .slice(2)
        .split('/')
        .reduce((inner, key) => inner?.[key], document)
    }
    return { value, name }
  }
  const compared = new Set()

  function texts(a, b, at) {
    for (const key of words) if (!same(a?.[key], b?.[key])) note('text', at, `${key} says something else`)
  }

  /** `way` is "answer" or "request". */
  function schema(oldPart, newPart, way, path) {
    const [{ value: a, name: oldName }, { value: b, name: newName }] = [resolve(old, oldPart), resolve(now, newPart)]
    if (a === undefined || b === undefined) return
    const at = newName ? `${newName} (${way})` : path
    const pair = `${way} ${oldName} ${newName}`
    if (oldName && newName) {
      if (compared.has(pair)) return
      compared.add(pair)
    }
    texts(a, b, at)
    if (!same(a.type, b.type) || !same(a.format, b.format)) note('breaking', at, 'another type')
    if (!same(a.const, b.const)) note('breaking', at, 'another fixed word')
    if (!same(a.pattern, b.pattern)) note('breaking', at, 'another pattern')
    if ((a.additionalProperties ?? true) !== (b.additionalProperties ?? true) && !isObject(a.additionalProperties))
      note('breaking', at, 'other members are treated in another way')
    bounds(a, b, way, at)
    if (a.enum || b.enum) list(a.enum ?? [], b.enum ?? [], at, Boolean(a.enum) === Boolean(b.enum))
    const required = (one, member) => (one.required ?? []).includes(member)
    for (const member of keysOf(a.properties, b.properties)) {
      const there = `${at}.${member}`
      if (!b.properties?.[member]) note('breaking', there, 'is gone')
      else if (!a.properties?.[member])
        if (required(b, member)) note('breaking', there, 'is new and required: the other side does not send it yet')
        else note('additive', there, 'is new')
      else {
        if (required(a, member) !== required(b, member))
          note('breaking', there, required(b, member) ? 'is required now' : 'may be missing now')
        schema(a.properties[member], b.properties[member], way, there)
      }
    }
    if (a.items || b.items) schema(a.items ?? {}, b.items ?? {}, way, `${at}[]`)
    if (isObject(a.additionalProperties) && isObject(b.additionalProperties))
      schema(a.additionalProperties, b.additionalProperties, way, `${at}{}`)
    for (const key of ['oneOf', 'anyOf', 'allOf']) members(a[key] ?? [], b[key] ?? [], key, way, at)
  }

  function bounds(a, b, way, at) {
    for (const [keys, sign] of [
      [lower, 1],
      [upper, -1],
    ])
      for (const key of keys) {
        if (a[key] === b[key]) continue
        const tighter = a[key] === undefined || (b[key] !== undefined && (b[key] - a[key]) * sign > 0)
        note(
          way === 'answer' || tighter ? 'breaking' : 'additive',
          at,
          `${key} is ${b[key] ?? 'gone'}, was ${a[key] ?? 'none'}`,
        )
      }
  }

  /** A word that nobody knows is read as "unlisted"; one that is gone is still sent by who lags. */
  function list(a, b, at, isStillList) {
    if (!isStillList) note('breaking', at, 'a list of words, or none any more')
    for (const word of a) if (!b.includes(word)) note('breaking', at, `"${word}" is gone`)
    if (isStillList) for (const word of b) if (!a.includes(word)) note('additive', at, `"${word}" is new`)
  }

  function members(a, b, key, way, at) {
    const nameOf = (part) => part.$ref?.split('/').at(-1) ?? JSON.stringify(part)
    const others = new Map(b.map((part) => [nameOf(part), part]))
    for (const [index, part] of a.entries()) {
      const other = others.get(nameOf(part)) ?? (part.$ref ? undefined : b[index])
      if (other === undefined) note('breaking', at, `${nameOf(part)} is gone`)
      else schema(part, other, way, `${at}.${key}`)
    }
    const known = new Set(a.map(nameOf))
    for (const part of b)
      if (part.$ref && !known.has(nameOf(part)))
        note(key === 'allOf' ? 'breaking' : 'additive', at, `${nameOf(part)} is new`)
  }

  const contents = (oldPart, newPart, way, at) => {
    const [a, b] = [resolve(old, oldPart).value, resolve(now, newPart).value]
    texts(a, b, at)
    for (const type of keysOf(a?.content, b?.content))
      if (!b?.content?.[type]) note('breaking', at, `no ${type} any more`)
      else if (!a?.content?.[type]) note('breaking', at, `${type} is new`)
      else schema(a.content[type].schema, b.content[type].schema, way, at)
    for (const header of keysOf(a?.headers, b?.headers))
      if (!b?.headers?.[header]) note('breaking', at, `no header ${header} any more`)
      else if (!a?.headers?.[header]) note('additive', at, `header ${header} is new`)
    return [a, b]
  }

  function parameters(a, b, at) {
    const table = (document, list) =>
      new Map((list ?? []).map((part) => resolve(document, part).value).map((one) => [`${one.in} ${one.name}`, one]))
    const [before, after] = [table(old, a), table(now, b)]
    for (const [name, one] of before) {
      const other = after.get(name)
      if (!other) note('breaking', at, `no ${name} any more`)
      else {
        texts(one, other, `${at} ${name}`)
        if (!one.required && other.required) note('breaking', at, `${name} is required now`)
        if (one.required && !other.required) note('breaking', at, `${name} may be missing now`)
        schema(one.schema, other.schema, 'request', `${at} ${name}`)
      }
    }
    for (const [name, other] of after)
      if (!before.has(name))
        note(other.required ? 'breaking' : 'additive', at, `${name} is new${other.required ? ' and required' : ''}`)
  }

  function operation(a, b, at, oldPath, newPath) {
    texts(a, b, at)
    if (a.operationId !== b.operationId) note('breaking', at, `is called ${b.operationId}, was ${a.operationId}`)
    const levels = now.components?.schemas?.Level?.enum ?? []
    const raised = levels.indexOf(b['x-level']) - levels.indexOf(a['x-level'])
    if (raised !== 0) note(raised > 0 ? 'breaking' : 'additive', at, `${b['x-level']} is enough, ${a['x-level']} was`)
    if (!a.deprecated && b.deprecated) note('additive', at, 'is deprecated')
    parameters([...(oldPath ?? []), ...(a.parameters ?? [])], [...(newPath ?? []), ...(b.parameters ?? [])], at)
    if (!a.requestBody !== !b.requestBody)
      note('breaking', at, b.requestBody ? 'takes a body' : 'takes no body any more')
    else if (a.requestBody) {
      const [x, y] = contents(a.requestBody, b.requestBody, 'request', `${at} body`)
      if (!x.required !== !y.required)
        note('breaking', `${at} body`, y.required ? 'is required now' : 'may be missing now')
    }
    for (const status of keysOf(a.responses, b.responses)) {
      const isProblem = status >= '400'
      if (!b.responses[status]) note(isProblem ? 'additive' : 'breaking', at, `no ${status} any more`)
      else if (!a.responses[status]) note(isProblem ? 'additive' : 'breaking', at, `${status} is new`)
      else contents(a.responses[status], b.responses[status], 'answer', `${at} ${status}`)
    }
  }

  texts(old.info, now.info, 'contract')
  for (const path of keysOf(old.paths, now.paths))
    for (const method of methods) {
      const [a, b] = [old.paths[path]?.[method], now.paths[path]?.[method]]
      const at = `${method.toUpperCase()} ${path}`
      if (a && !b) note('breaking', at, 'is gone')
      else if (!a && b) note('additive', at, 'is new')
      else if (a && b) operation(a, b, at, old.paths[path].parameters, now.paths[path].parameters)
    }
  return [...found.values()]
}

/** Whether a new major version is due that the contract does not have: a breaking change needs one. */
export function needsMajor(changes, old, now) {
  const major = ({ info }) => Number(info.version.split('.')[0])
  return changes.some((change) => change.class === 'breaking') && major(now) <= major(old)
}
