import { expect, it } from 'vitest'
import { streamCredentialOf } from './events.ts'
import { createStream, type StreamOptions } from './stream.ts'

type Listener = (message: { readonly data: unknown }) => void

/** A socket that the test opens, speaks through and cuts. */
function createFakeSockets() {
  const opened: {
    url: string
    protocols: readonly string[]
    tell(data: unknown): void
    cut(): void
    isClosed: boolean
  }[] = []
  class Fake {
    constructor(url: string, protocols: readonly string[] = []) {
      const listeners: Record<string, Listener[]> = {}
      this.addEventListener = (type: string, listener: Listener) => void (listeners[type] ??= []).push(listener)
      const own = {
        url,
        protocols,
        isClosed: false,
        tell: (data: unknown) => listeners['message']?.forEach((listener) => listener({ data })),
        cut: () => listeners['close']?.forEach((listener) => listener({ data: null })),
      }
      this.close = () => void (own.isClosed = true)
      opened.push(own)
    }
    addEventListener: (type: string, listener: Listener) => void
    close: () => void
  }
  return { opened, Fake }
}

const head = (seq: number) => ({ event: 'head', seq })

function listen(options: Partial<StreamOptions> = {}) {
  const { opened, Fake } = createFakeSockets()
  const stop = new AbortController()
  const stream = createStream({
    baseUrl: 'http://host/',
    WebSocket: Fake,
    random: () => 0,
    abort: stop.signal,
    ...options,
  })
  return { opened, stream, stop }
}

it('asks for what it is told to, and gives events one by one', async () => {
  const { opened, stream, stop } = listen({ channels: ['prices', 'outcomes'], tokens: ['bitcoin:native'], since: 7 })
  const first = stream.next()
  expect(opened[0]!.url).toBe('ws://host/api/v1/stream?channels=prices%2Coutcomes&tokens=bitcoin%3Anative&since=7')
  opened[0]!.tell(JSON.stringify([head(8), { event: 'of a newer server' }, head(9)]))
  expect([await first, await stream.next()]).toEqual([8, 9].map((seq) => ({ value: head(seq), done: false })))
  stop.abort()
  expect(await stream.next()).toEqual({ value: undefined, done: true })
  expect(opened[0]!.isClosed).toBe(true)
})

it('comes back behind what was read last, not behind what had come', async () => {
  const { opened, stream, stop } = listen()
  const first = stream.next()
  opened[0]!.tell(JSON.stringify([head(3), head(4)]))
  await first
  opened[0]!.cut()
  expect((await stream.next()).value).toEqual(head(4))
  const next = stream.next()
  while (opened.length < 2) await new Promise((resolve) => setTimeout(resolve, 20))
  expect(opened[1]!.url).toMatch(/\?since=4$/)
  opened[1]!.tell(JSON.stringify([head(5)]))
  expect((await next).value).toEqual(head(5))
  stop.abort()
})

it('closes a line that nobody reads from before it fills the memory', async () => {
  const { opened, stream, stop } = listen()
  const first = stream.next()
  for (let i = 0; i < 60; i++) opened[0]!.tell(JSON.stringify(Array.from({ length: 100 }, (_, k) => head(100 * i + k))))
  expect(opened[0]!.isClosed).toBe(true)
  expect((await first).value).toEqual(head(0))
  for (let i = 1; i < 5_100; i++) expect((await stream.next()).value).toEqual(head(i))
  const next = stream.next()
  while (opened.length < 2) await new Promise((resolve) => setTimeout(resolve, 20))
  expect(opened[1]!.url).toMatch(/\?since=5099$/)
  stop.abort()
  await next
})

it('throws what the server refuses, and what is no frame', async () => {
  const problem = {
    type: 'x',
    title: 'x',
    status: 400,
    detail: 'no such channel',
    instance: '/',
    code: 'invalid',
    requestId: '1',
  }
  const refused = listen({ fetch: async () => new Response(JSON.stringify(problem), { status: 400 }) })
  const first = refused.stream.next()
  refused.opened[0]!.cut()
  await expect(first).rejects.toMatchObject({ code: 'invalid', message: 'no such channel' })
  const garbled = listen()
  const next = garbled.stream.next()
  garbled.opened[0]!.tell('<html>')
  await expect(next).rejects.toMatchObject({ code: 'broken' })
})

const unsigned = {
  type: 'x',
  title: 'x',
  status: 401,
  detail: 'sign in',
  instance: '/',
  code: 'unauthenticated',
  requestId: '1',
}

it('signs in by subprotocol, where a page can set no header, and asks for the reason with the header', async () => {
  const asked: Record<string, string>[] = []
  const fetch: StreamOptions['fetch'] = async (_, { headers }) => {
    asked.push(headers)
    return new Response(JSON.stringify(unsigned), { status: 401 })
  }
  const { opened, stream } = listen({ apiKey: 'pq_1-a', fetch })
  const next = stream.next()
  while (opened.length < 1) await new Promise((resolve) => setTimeout(resolve))
  expect(opened[0]!.protocols).toEqual(['pumpiq.v1', 'pumpiq.bearer.pq_1-a'])
  expect(streamCredentialOf(opened[0]!.protocols.join(', '))).toBe('pq_1-a')
  opened[0]!.cut()
  await expect(next).rejects.toMatchObject({ code: 'unauthenticated', message: 'sign in' })
  expect(asked).toEqual([{ 'x-api-key': 'pq_1-a' }])
})

it('comes once with a new token when the old one is refused, and not again', async () => {
  const token = (old?: string) => (old === undefined ? 'old' : 'new')
  const fetch: StreamOptions['fetch'] = async () => new Response(JSON.stringify(unsigned), { status: 401 })
  const { opened, stream } = listen({ token, fetch })
  const next = stream.next()
  for (const [i, name] of ['old', 'new'].entries()) {
    while (opened.length <= i) await new Promise((resolve) => setTimeout(resolve))
    expect(opened[i]!.protocols).toContain(`pumpiq.bearer.${name}`)
    opened[i]!.cut()
  }
  await expect(next).rejects.toMatchObject({ code: 'unauthenticated' })
  expect(opened).toHaveLength(2)
})

it('refuses a credential that no subprotocol can bear, without showing it', async () => {
  const { stream, opened } = listen({ apiKey: 'hush,hush' })
  const thrown: unknown = await stream.next().catch((failure: unknown) => failure)
  expect(thrown).toMatchObject({ code: 'invalid' })
  expect(String(thrown)).not.toContain('hush')
  expect(opened).toHaveLength(0)
})

it.each([
  ['pumpiq.v1, pumpiq.bearer.ey.x-_', 'ey.x-_'],
  ['pumpiq.v1', null],
  ['pumpiq.bearer.', null],
  [undefined, null],
])('reads the credential out of %j', (header, credential) => {
  expect(streamCredentialOf(header)).toBe(credential)
})
