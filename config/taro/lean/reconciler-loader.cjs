const { readFileSync } = require('node:fs')
const path = require('node:path')

const guide = 'config/taro/lean/README.md'
const renderer = readFileSync(require.resolve('@tarojs/react'), 'utf8')

const abilities = ['Mutation', 'Persistence', 'Hydration', 'TestSelectors', 'Microtasks'].map(
  (name) => `supports${name}`,
)

/** What React calls the parts of its own tree, in some 600 places; nobody outside of the reconciler reads them. */
const inner = [
  ...['memoizedState', 'memoizedProps', 'pendingProps', 'updateQueue', 'sibling', 'alternate', 'childLanes'],
  ...['subtreeFlags', 'elementType', 'baseState', 'lastBaseUpdate', 'firstBaseUpdate', 'lastEffect', 'deletions'],
  ...['pendingLanes', 'suspendedLanes', 'pingedLanes', 'dehydrated', 'dependencies', 'interleaved', 'callbackNode'],
]

const react = readFileSync(path.join(path.dirname(require.resolve('react')), 'cjs/react.production.min.js'), 'utf8')

/** The same tree by short names. */
const shortened = (source) =>
  inner.reduce((text, name, index) => {
    if (!text.includes(name) || renderer.includes(name) || react.includes(name))
      throw new Error(`The reconciler no longer keeps ${name} to itself: ${guide}`)
    return text.replace(new RegExp(`\\b${name}\\b`, 'g'), `$$${index.toString(36)}`)
  }, source)

/**
 * Writes the answers of Taro's renderer into React's reconciler and exports only what the renderer calls, so that the
 * minifier drops what is excluded: other ways of keeping a tree, hydration, selectors for tests.
 */
module.exports = (source) => {
  if (!/supportsMutation: true/.test(renderer))
    throw new Error(`Taro's renderer no longer says what it supports: ${guide}`)
  const counts = { kept: 0, dropped: 0 }
  const text = abilities.reduce(answered, source).replace(/\bexports\.(\w+)=/g, (assignment, name) => {
    const isCalled = renderer.includes(`.${name}`)
    counts[isCalled ? 'kept' : 'dropped'] += 1
    return isCalled ? assignment : 'void '
  })
  if (!counts.kept || !counts.dropped) throw new Error(`The reconciler exports in another way: ${guide}`)
  return shortened(text)
}

function answered(text, ability) {
  const answer = new RegExp(`${ability}: (true|false)`).exec(renderer)?.[1] ?? 'false'
  const [before, after, ...more] = text.split(`$$$hostConfig.${ability}`)
  if (after === undefined || more.length > 0)
    throw new Error(`The reconciler asks for ${ability} in another way: ${guide}`)
  return before + answer + after
}
