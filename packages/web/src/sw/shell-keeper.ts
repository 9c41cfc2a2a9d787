import type { Caches, Fetch } from './scope.ts'

/** What this version of the pages is made of: their paths, and a name that changes with any of them. */
export type Build = { readonly version: string; readonly parts: readonly string[] }

type Needs = { readonly caches: Caches; readonly fetch: Fetch; readonly origin: string; readonly build: Build }

const prefix = 'pages-'
/** A tab that was opened two updates ago still finds the parts it has not loaded yet. */
const versionsKept = 3
const hashed = '/assets/'
const index = '/'

/**
 * Keeps the pages, never what they show: an answer of the API is not touched, so that nothing old can look fresh. A page is asked of the
 * network first, and comes from here where there is none.
 */
export function createShellKeeper({ caches, fetch: ask, origin, build: { version, parts } }: Needs) {
  const own = prefix + version
  const isPart = new Set(parts)

  /** All parts or none: what is half there is tried again when the browser next looks for a new version. */
  async function install(): Promise<void> {
    const cache = await caches.open(own)
    const take = async (path: string) => {
      // What bears a hash may come from the browser's own cache; the rest has to be of now.
      const request = new Request(origin + path, { cache: path.startsWith(hashed) ? 'default' : 'reload' })
      const came = await ask(request)
      if (!came.ok) throw new Error(`${path} is answered with ${came.status}`)
      return came
    }
    const page = await take(index)
    const html = await page.clone().text()
    const strange = [...html.matchAll(/"(\/assets\/[^"]+)"/g)].find(([, path]) => !isPart.has(path!))
    if (strange) throw new Error(`the page is of another version: it needs ${strange[1]}`)
    await cache.put(origin + index, page)
    await Promise.all(parts.map(async (path) => cache.put(origin + path, await take(path))))
  }

  /** Older versions go, but for those that open tabs may still be of. */
  async function activate(): Promise<void> {
    const names = (await caches.keys()).filter((name) => name.startsWith(prefix))
    const others = names.filter((name) => name !== own)
    await Promise.all(others.slice(0, Math.max(0, others.length - versionsKept + 1)).map((name) => caches.delete(name)))
  }

  const keptPage = async (): Promise<Response | undefined> => (await caches.open(own)).match(origin + index)

  async function networkFirst(request: Request, kept: () => Promise<Response | undefined>): Promise<Response> {
    try {
      return await ask(request)
    } catch (thrown) {
      const keptAnswer = await kept()
      if (keptAnswer) return keptAnswer
      throw thrown
    }
  }

  /** Null: not ours to answer. */
  function answer(request: Request): Promise<Response> | null {
    const url = new URL(request.url)
    const { pathname } = url
    const isApi = pathname === '/api' || pathname.startsWith('/api/')
    if (request.method !== 'GET' || url.origin !== origin || isApi) return null
    if (request.mode === 'navigate') return networkFirst(request, keptPage)
    // Its name changes with its content: what is here is what it is. Any version's will do.
    if (pathname.startsWith(hashed)) return caches.match(origin + pathname).then((kept) => kept ?? ask(request))
    return isPart.has(pathname) ? networkFirst(request, () => caches.match(origin + pathname)) : null
  }

  return { install, activate, answer, has: (part: string): boolean => isPart.has(part) }
}
