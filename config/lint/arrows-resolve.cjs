// How config/lint/arrows.cjs finds `@/…`: like the Taro build, but below the folder that is being checked.
const path = require('node:path')

module.exports = { resolve: { alias: { '@': path.join(process.cwd(), 'src') } } }
