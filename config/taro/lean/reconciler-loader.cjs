const { readFileSync } = require('node:fs')

const renderer = readFileSync(require.resolve('@tarojs/react'), 'utf8')

const abilities = ['Mutation', 'Persistence', 'Hydration', 'TestSelectors', 'Microtasks'].map(
  (name) => `supports${name}`,
)

/**
 * Writes the answers of Taro's renderer into React's reconciler and gives out only what the renderer calls, so that the
 * minifier drops what is excluded: other ways of keeping a tree, hydration, selectors for tests.
 */
module.exports = (source) => abilities.reduce(answered, source).replace(/\bexports\.(\w+)=/g, called)

function answered(text, ability) {
  const answer = new RegExp(`${ability}: (true|false)`).exec(renderer)?.[1] ?? 'false'
  const [before, after, ...more] = text.split(`$$$hostConfig.${ability}`)
  if (after === undefined || more.length > 0) throw new Error(`The reconciler asks for ${ability} in another way.`)
  return before + answer + after
}

const called = (assignment, name) => (renderer.includes(`.${name}`) ? assignment : 'void ')
