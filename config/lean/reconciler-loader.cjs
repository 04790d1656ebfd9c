const { readFileSync } = require('node:fs')

const renderer = readFileSync(require.resolve('@tarojs/react'), 'utf8')

/** Writes the answers of Taro's renderer into React's reconciler, so that the minifier drops what they exclude. */
module.exports = (source) => {
  const abilities = ['Mutation', 'Persistence', 'Hydration', 'TestSelectors', 'Microtasks'].map(
    (name) => `supports${name}`,
  )
  return abilities.reduce((text, ability) => {
    const answer = new RegExp(`${ability}: (true|false)`).exec(renderer)?.[1] ?? 'false'
    const [before, after, ...more] = text.split(`$$$hostConfig.${ability}`)
    if (after === undefined || more.length > 0) throw new Error(`The reconciler asks for ${ability} in another way.`)
    return before + answer + after
  }, source)
}
