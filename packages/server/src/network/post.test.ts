import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import {
  connect as connectSocket,
  createServer as createSocketServer,
  isIP,
  type AddressInfo,
  type Server,
} from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildConnector } from 'undici'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { fateOf } from './post-failure.ts'
import { checkPostUrl } from './post-url.ts'
import { createPost, type Dial } from './post.ts'
import { isPublicAddress } from './public-address.ts'
import { hostileForms, inwardNames } from './test-addresses.ts'

/** Sockets of the inside that nobody may reach, and the receiver outside; whoever dials is noted. */
const canaries: Server[] = []
const dialled: string[] = []
let hits = 0
let asked: IncomingMessage[] = []
let answer: (request: IncomingMessage, response: ServerResponse) => void = (_, response) => response.end('ok')
const receiver = createServer((request, response) => {
  asked.push(request)
  answer(request, response)
})
const portOf = (server: { address(): unknown }) => (server.address() as AddressInfo).port
const listen = (server: Server, host: string) =>
  new Promise<void>((done, fail) => server.once('error', fail).listen(0, host, done))

/** Public addresses are the receiver; any other is a canary, on 127.0.0.1 or ::1. The connection is plain, its counting real. */
const dial: Dial = ({ hostname }, done) => {
  dialled.push(hostname)
  const canary = canaries[hostname.includes(':') ? 1 : 0] ?? canaries[0]!
  const server = isPublicAddress(hostname) ? receiver : canary
  const socket = connectSocket({ port: portOf(server), host: (server.address() as AddressInfo).address })
  socket.once('connect', () => done(null, socket)).once('error', (error) => done(error, null))
  return socket
}

beforeAll(async () => {
  await listen(receiver, '127.0.0.1')
  for (const host of ['127.0.0.1', '::1']) {
    const canary = createSocketServer((socket) => {
      hits += 1
      socket.destroy()
    })
    await listen(canary, host).then(
      () => canaries.push(canary),
      () => console.warn(`no canary on ${host}: this machine does not have it`),
    )
  }
})
afterAll(() => {
  receiver.closeAllConnections()
  for (const server of [receiver, ...canaries]) server.close()
})
beforeEach(() => {
  hits = 0
  dialled.length = 0
  asked = []
  answer = (_, response) => response.end('ok')
})

const resolve = async (host: string) => inwardNames[host] ?? ['8.8.8.8']
const post = createPost({ upstream: null, resolve, dial })
const said = (url: string, by = post) =>
  by(url, '{}', {}).then(
    ({ status }) => `answered ${status}`,
    (thrown: unknown) => fateOf(thrown) ?? String(thrown),
  )

describe('an address that leads inside', () => {
  it(`is refused in all its ${hostileForms.length} forms without one connection`, async () => {
    expect(hostileForms.length).toBeGreaterThanOrEqual(80)
    expect(new Set(hostileForms.map(([, url]) => url)).size).toBe(hostileForms.length)
    const fates = await Promise.all(hostileForms.map(async ([what, url]) => [what, url, await said(url)]))
    expect(fates.filter(([, , fate]) => fate !== 'refused')).toEqual([])
    expect([hits, dialled, asked.length]).toEqual([0, [], 0])
  })

  it('is refused before it goes to an upstream, too', async () => {
    const upstream = `http://127.0.0.1:${portOf(receiver)}`
    const through = createPost({ upstream })
    for (const [, url] of hostileForms) expect([url, await said(url, through)]).toEqual([url, 'refused'])
    const known = createPost({ upstream, resolve })
    for (const host of Object.keys(inwardNames)) expect(await said(`https://${host}/`, known)).toBe('refused')
    expect(asked).toHaveLength(0)
  })

  it('is refused when a harmless name bears it, alone or beside a public one', async () => {
    for (const host of Object.keys(inwardNames))
      expect([host, await said(`https://${host}/hook`)]).toEqual([host, 'refused'])
    expect([hits, dialled]).toEqual([0, []])
  })

  it('is not reached by a name that turns from public to private, however often it is asked', async () => {
    let turn = 0
    const rebinding = createPost({
      upstream: null,
      dial,
      resolve: async () => [turn++ % 2 === 0 ? '8.8.8.8' : '127.0.0.1'],
    })
    for (let i = 0; i < 200; i++)
      expect(await said('https://rebind.example.com/', rebinding)).toBe(i % 2 === 0 ? 'answered 200' : 'refused')
    expect([turn, hits, new Set(dialled)]).toEqual([200, 0, new Set(['8.8.8.8'])])
  })

  it('is not reached over redirects', async () => {
    for (const status of [301, 302, 303, 307, 308]) {
      for (const location of ['https://127.0.0.1/', 'http://169.254.169.254/', 'https://10.0.0.7/', '/again']) {
        answer = (_, response) => response.writeHead(status, { location }).end()
        expect(await said('https://redirect.example.com/')).toBe(`answered ${status}`)
      }
    }
    expect([hits, asked.length, dialled.length]).toEqual([0, 20, 20])
  })

  it('does reach the canaries when nobody checks it, so these tests can fail', async () => {
    /** What a poster without the rules would do: parse, look up, look up again, dial, follow. */
    async function careless(url: string): Promise<void> {
      if (!URL.canParse(url)) return
      const { hostname } = new URL(url)
      const name = hostname.replace(/\.$/, '')
      const local = /(^|\.)localhost$/.test(name) ? '127.0.0.1' : name
      const [address] = inwardNames[name] ?? [isIP(local.replace(/^\[|\]$/g, '')) ? local : '8.8.8.8']
      await new Promise<void>((done) => {
        dial({ hostname: address!.replace(/^\[|\]$/g, ''), protocol: 'https:', port: '443' }, (_, socket) => {
          if (!socket) return done()
          socket
            .once('close', () => done())
            .resume()
            .end()
        })
      })
    }
    for (const [, url] of hostileForms) await careless(url)
    expect(hits).toBeGreaterThanOrEqual(40)
    const before = hits
    for (const host of Object.keys(inwardNames)) await careless(`https://${host}/`)
    expect(hits).toBeGreaterThanOrEqual(before + 7)
  })
})

describe('a post', () => {
  it.each([
    'https://hooks.example.com',
    'https://hooks.example.com/a/b?c=d&e=%2F#f',
    'https://HOOKS.example.com:443/',
    'https://xn--bcher-kva.example/',
    'https://a-b_c.example.co.uk/',
    'https://8.8.8.8/hook',
    'https://[2606:4700:4700::1111]/hook',
    'https://[2606:4700:4700:0:0:0:0:1111]:443/hook',
    'HTTPS://1e100.example.com/',
  ])('goes to %s', async (url) => {
    expect(await said(url)).toBe('answered 200')
    expect(dialled.every(isPublicAddress)).toBe(true)
  })

  it('goes out as it was given, under the name of the host, to the address that was looked up once', async () => {
    let lookUps = 0
    const seen: string[] = []
    answer = (request, response) => {
      request.on('data', (chunk: Buffer) => seen.push(chunk.toString()))
      request.on('end', () => response.writeHead(201, { 'x-a': 'b' }).end('made'))
    }
    const counted = createPost({ upstream: null, dial, resolve: async () => (lookUps++, ['9.9.9.9', '8.8.8.8']) })
    const { status, headers, text } = await counted('https://hooks.example.com/a?b=c', '{"a":"ü"}', {
      'content-type': 'application/json',
    })
    expect([status, headers.get('x-a'), text, seen.join('')]).toEqual([201, 'b', 'made', '{"a":"ü"}'])
    expect([asked[0]!.method, asked[0]!.url, asked[0]!.headers.host]).toEqual(['POST', '/a?b=c', 'hooks.example.com'])
    expect([lookUps, dialled]).toEqual([1, ['9.9.9.9']])
  })

  it('tries the next address when one does not answer', async () => {
    const half: Dial = (options, done) =>
      options.hostname === '9.9.9.9' ? done(new Error('refused'), null) : dial(options, done)
    const twice = createPost({ upstream: null, dial: half, resolve: async () => ['9.9.9.9', '8.8.8.8'] })
    expect(await said('https://hooks.example.com/', twice)).toBe('answered 200')
    expect(dialled).toEqual(['8.8.8.8'])
  })

  it('goes to the upstream for a name that cannot be looked up here', async () => {
    const through = createPost({ upstream: `http://127.0.0.1:${portOf(receiver)}/via` })
    expect(await said('https://hooks.example.com/a?b=c', through)).toBe('answered 200')
    expect(asked[0]!.url).toBe('/via/hooks.example.com/a?b=c')
  })

  it('of more than 64 kB is refused, and one of 64 kB is not', async () => {
    expect((await post('https://a.example.com/', Buffer.alloc(65_536), {})).status).toBe(200)
    await expect(post('https://a.example.com/', Buffer.alloc(65_537), {})).rejects.toThrow('more than 65536 bytes')
  })

  it('reads 64 kB of an answer and hangs up on the rest', async () => {
    const closed = new Promise<void>((done) => {
      answer = (_, response) => {
        response.on('close', done).writeHead(200)
        const more = () => !response.destroyed && response.write(Buffer.alloc(20_000, 'x')) && setImmediate(more)
        response.on('drain', more)
        more()
      }
    })
    expect((await post('https://a.example.com/', '', {})).text).toHaveLength(65_536)
    await closed
  })

  it('knows the status of an answer whose body never ends', async () => {
    answer = (_, response) => response.writeHead(429, { 'retry-after': '7' }).write('slow')
    const hasty = createPost({ upstream: null, resolve, dial, withinMs: 300 })
    const { status, headers, text } = await hasty('https://a.example.com/', '', {})
    expect([status, headers.get('retry-after'), text]).toEqual([429, '7', 'slow'])
  })

  it.each<[string, string, () => Promise<string>]>([
    [
      'never answered',
      'unknown',
      () => ((answer = () => {}), said(secretUrl, createPost({ upstream: null, resolve, dial, withinMs: 200 }))),
    ],
    ['is cut off', 'unknown', () => ((answer = (request) => void request.socket.destroy()), said(secretUrl))],
    [
      'answered in no HTTP',
      'unknown',
      () => ((answer = (request) => void request.socket.end('220 hello\r\n')), said(secretUrl)),
    ],
    ['finds nobody', 'unreached', () => said(secretUrl, createPost({ upstream: 'http://127.0.0.1:1' }))],
    [
      'cannot be looked up',
      'unreached',
      () =>
        said(secretUrl, createPost({ upstream: null, dial, resolve: () => Promise.reject(new Error('ENOTFOUND')) })),
    ],
    [
      'is looked up for ever',
      'unreached',
      () => said(secretUrl, createPost({ upstream: null, dial, withinMs: 100, resolve: () => new Promise(() => {}) })),
    ],
    [
      'has no address',
      'unreached',
      () => said(secretUrl, createPost({ upstream: null, dial, resolve: async () => [] })),
    ],
    [
      'is dialled for ever',
      'unreached',
      () => said(secretUrl, createPost({ upstream: null, resolve, dial: () => {}, withinMs: 100 })),
    ],
  ])('that %s is %s', async (_, fate, run) => {
    expect(await run()).toBe(fate)
  })

  it('ends when the caller goes away', async () => {
    const leaving = new AbortController()
    answer = () => leaving.abort()
    await expect(post(secretUrl, '', {}, leaving.signal)).rejects.toSatisfy((thrown) => fateOf(thrown) === 'unknown')
    await expect(post(secretUrl, '', {}, leaving.signal)).rejects.toSatisfy((thrown) => fateOf(thrown) === 'unreached')
  })

  it('never repeats an address in what it throws', async () => {
    answer = (request) => void request.socket.destroy()
    const urls = [
      secretUrl,
      ...['http:', 'https://u:s3cret@a.example.com', 'https://10.0.0.1', 'https://a.example.com:1'].map(
        (start) => `${start}/s3cret`,
      ),
    ]
    for (const url of [...urls, 'https://s3cret@a.example.com/', 'https://private.example.com/s3cret']) {
      const thrown = await post(url, 's3cret', { authorization: 's3cret' }).catch((reason: unknown) => reason)
      expect(fateOf(thrown)).not.toBeNull()
      const { message, stack, cause } = thrown as Error
      expect(JSON.stringify([message, stack, cause])).not.toContain('s3cret')
    }
  })
})

const secretUrl = 'https://hooks.example.com/s3cret?token=s3cret'
const openssl = 'openssl'
const hasOpenssl = spawnSync(openssl, ['version']).status === 0

describe.skipIf(!hasOpenssl)('the certificate of a host (skipped where there is no openssl)', () => {
  const dir = mkdtempSync(join(tmpdir(), 'pumpiq-post-'))
  afterAll(() => rmSync(dir, { recursive: true }))

  it('must bear its name, though an address is dialled', async () => {
    const [key, cert] = [join(dir, 'key.pem'), join(dir, 'cert.pem')]
    const wish = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
    const about = ['-subj', '/CN=hooks.example.com', '-addext', 'subjectAltName=DNS:hooks.example.com']
    execFileSync(openssl, [...wish, ...about, '-keyout', key, '-out', cert], { stdio: 'ignore' })
    const called: unknown[] = []
    const server = createTlsServer({ key: readFileSync(key), cert: readFileSync(cert) }, (request, response) => {
      called.push((request.socket as { servername?: unknown }).servername)
      response.end('ok')
    })
    await listen(server, '127.0.0.1')
    const real = buildConnector({ ca: readFileSync(cert), allowH2: false, maxCachedSessions: 0 })
    const secure: Dial = (options, done) => {
      dialled.push(options.hostname)
      return real({ ...options, hostname: '127.0.0.1', port: String(portOf(server)) }, done)
    }
    const posts = createPost({ upstream: null, resolve, dial: secure })
    expect(await said('https://hooks.example.com/', posts)).toBe('answered 200')
    expect(await said('https://other.example.com/', posts)).toBe('unreached')
    expect([called, dialled]).toEqual([['hooks.example.com'], ['8.8.8.8', '8.8.8.8']])
    server.closeAllConnections()
    server.close()
  })
})

it('an address keeps its path and query when it is checked', () => {
  const { url, host, address } = checkPostUrl('https://Hooks.Example.com:443/a/../b?c')
  expect([url.href, host, address]).toEqual(['https://hooks.example.com/b?c', 'hooks.example.com', null])
})
