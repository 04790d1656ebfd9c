/** What keeps the page at `address` from starting: one line, or null when the page and every script it names are served. */
export async function faultOfPage(address) {
  const page = await fetched(address)
  if (page.fault) return page.fault
  if (!/html/.test(page.type)) return `${address} is served as ${page.type}, not as HTML`
  const scripts = [...page.text.matchAll(/<script\b[^>]*?\bsrc\s*=\s*["']?([^"'\s>]+)/gi)].map(([, source]) => source)
  if (scripts.length === 0) return `${address} names no script`
  for (const source of scripts) {
    const script = await fetched(new URL(source, address).href)
    if (script.fault) return script.fault
    // A dev server answers an address that it does not know with its page.
    if (!/javascript/.test(script.type)) return `the script ${source} is served as ${script.type}, not as JavaScript`
  }
  return null
}

/** A page that is being compiled keeps its readers waiting; this is how long we wait. */
const LONGEST_WAIT_MS = 120_000

async function fetched(address) {
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(LONGEST_WAIT_MS) })
    const text = await response.text()
    if (!response.ok) return { fault: `${address} answers ${response.status}` }
    return { text, type: response.headers.get('content-type')?.split(';')[0] ?? 'nothing' }
  } catch (error) {
    return { fault: `${address} does not answer: ${error.cause?.message ?? error.message}` }
  }
}
