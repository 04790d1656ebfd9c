import type { hostConfig } from '@tarojs/plugin-platform-weapp/dist/runtime-utils'

/** What Taro sends to a page of one view or text. */
interface Sent {
  nn?: string
  sid?: string
  cn?: Sent[]
  [attribute: string]: unknown
}

interface Node {
  readonly props?: { readonly compileMode?: string }
  readonly childNodes: readonly Node[]
  isAnyEventBinded(): boolean
}

/**
 * Leaves out of what is sent to a page what its templates do not read: the role under the other host's name, and inside of
 * a template of `compileMode` the names of nodes and lists of no children. What Taro sends of them later has these, which
 * does no harm.
 */
export function slimmed(host: typeof hostConfig, foreignRole: string): typeof hostConfig {
  return {
    ...host,
    transferHydrateData(data: Sent, node: Node, aliases: unknown) {
      delete data[foreignRole]
      if (node.props?.compileMode) bareChildren(data, node)
      return host.transferHydrateData(data, node, aliases)
    },
  }
}

/** A template of `compileMode` reads its nodes by their place; only one that hears something must have its name. */
function bareChildren(data: Sent, node: Node) {
  data.cn?.forEach((child, place) => {
    const childNode = node.childNodes[place]
    if (!childNode) return
    delete child.nn
    if (!childNode.isAnyEventBinded()) delete child.sid
    bareChildren(child, childNode)
  })
  if (data.cn?.length === 0) delete data.cn
}
