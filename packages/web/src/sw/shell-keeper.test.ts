import { describe, expect, it } from 'vitest'
import type { Caches, Fetch } from './scope.ts'
import { createShellKeeper } from './shell-keeper.ts'

const origin = 'https://pumpiq.example'
const pathOf = (request: Request | string) => new URL(typeof request === 'string' ? request : request.url).pathname

/** The caches of a browser, in memory; in the order in which they were opened first. */
function memory(): Caches & { readonly held: Map<string, Map<string, Response>> } {
  const held = new Map<string, Map<string, Response>>()
  const matchIn = (kept: Map<string, Response>, request: Request | string) => kept.get(pathOf(request))?.clone()
  return {
    held,
    async open(name) {
      const kept = held.get(name) ?? new Map<string, Response>()
      held.set(name, kept)
      return {
        match: async (request) => matchIn(kept, request),
        put: async (request, response) => void kept.set(pathOf(request), response),
      }
    },
    match: async (request) => [...held.values()].map((kept) => matchIn(kept, request)).find(Boolean),
    keys: async () => [...held.keys()],
    delete: async (name) => held.delete(name),
  }
}

/** A server with a version of the pages on it, which can be cut off. */
function server(version: string) {
  const asked: string[] = []
  const state = { version, isThere: true, missing: new Set<string>() }
  const ask: Fetch = async (request) => {
    asked.push(pathOf(request))
    if (!state.isThere) throw new TypeError('Failed to fetch')
    const path = pathOf(request)
    if (state.missing.has(path)) return new Response('', { status: 404 })
    const isPage = !path.includes('.')
    return new Response(isPage ? `<script src="/assets/index-${state.version}.js">` : `${path} of the network`)
  }
  return { ask, asked, state }
}

const buildOf = (version: string) => ({
  version,
  parts: [`/assets/index-${version}.js`, `/assets/record-${version}.js`, '/theme.js'],
})

function keeping(caches: Caches, { ask }: { ask: Fetch }, version: string) {
  return createShellKeeper({ caches, fetch: ask, origin, build: buildOf(version) })
}

/** A navigation cannot be made by hand outside a browser. */
const navigation = (path: string): Request =>
  Object.defineProperty(new Request(origin + path), 'mode', { value: 'navigate' })

const textOf = async (answer: Promise<Response> | null): Promise<string | null> => answer && (await answer).text()

describe('the keeper of the pages', () => {
  it('shows a page from here, whichever it is, where there is no network, and of the network where there is one', async () => {
    const there = server('one')
    const keeper = keeping(memory(), there, 'one')
    await keeper.install()
    there.state.version = 'two'
    expect(await textOf(keeper.answer(navigation('/portfolio')))).toContain('index-two')
    there.state.isThere = false
    expect(await textOf(keeper.answer(navigation('/portfolio')))).toContain('index-one')
    expect(await textOf(keeper.answer(new Request(`${origin}/theme.js`)))).toBe('/theme.js of the network')
  })

  it('never answers for the API, for another host, or for what changes something', () => {
    const keeper = keeping(memory(), server('one'), 'one')
    for (const request of [
      new Request(`${origin}/api/v1/user/portfolio`),
      navigation('/api/docs'),
      new Request('https://elsewhere.example/assets/index-one.js'),
      new Request(`${origin}/portfolio`, { method: 'POST' }),
      new Request(`${origin}/robots.txt`),
    ])
      expect(keeper.answer(request)).toBeNull()
  })

  it('asks the network for no part that is here, and for one that is not', async () => {
    const there = server('one')
    const keeper = keeping(memory(), there, 'one')
    await keeper.install()
    there.asked.length = 0
    expect(await textOf(keeper.answer(new Request(`${origin}/assets/record-one.js`)))).toContain('record-one')
    expect(there.asked).toEqual([])
    await keeper.answer(new Request(`${origin}/assets/record-two.js`))
    expect(there.asked).toEqual(['/assets/record-two.js'])
  })

  it('is not installed by halves: not without a part, nor with the page of another version', async () => {
    const there = server('one')
    there.state.missing.add('/assets/record-one.js')
    await expect(keeping(memory(), there, 'one').install()).rejects.toThrow('record-one.js is answered with 404')
    const newer = server('two')
    await expect(keeping(memory(), newer, 'one').install()).rejects.toThrow('needs /assets/index-two.js')
  })

  it('has the parts that open tabs of the versions before still need, and drops what is older', async () => {
    const caches = memory()
    await (await caches.open('of-somebody-else')).put(`${origin}/x`, new Response('x'))
    for (const version of ['one', 'two', 'three', 'four']) {
      const there = server(version)
      const keeper = keeping(caches, there, version)
      await keeper.install()
      await keeper.activate()
    }
    expect([...caches.held.keys()]).toEqual(['of-somebody-else', 'pages-two', 'pages-three', 'pages-four'])
    const cut = server('four')
    cut.state.isThere = false
    const keeper = keeping(caches, cut, 'four')
    expect(await textOf(keeper.answer(new Request(`${origin}/assets/record-two.js`)))).toContain('record-two')
    expect(await textOf(keeper.answer(navigation('/')))).toContain('index-four')
    expect([keeper.has('/assets/index-four.js'), keeper.has('/assets/index-two.js')]).toEqual([true, false])
  })
})
