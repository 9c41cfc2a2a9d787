import { setImmediate } from 'node:timers/promises'
import { isFailure, type Failure } from '@pumpiq/domain'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { systemClock, type Clock } from '../platform/clock.ts'
import { createCollectedLog, silentLog } from '../platform/log.ts'
import { seededRandom } from '../platform/random.ts'
import { createSecret } from '../platform/secret.ts'
import { createAsk } from './ask.ts'
import type { Asked } from './asked.ts'
import type { Fetch } from './fetch.ts'
import { mishapOf } from './mishap.ts'

const vendor: Asked = { id: 'vendor', budget: { calls: 1_000, perMs: 60_000 }, key: 'none' }
const url = 'https://vendor.example/price'
const Price = z.object({ price: z.number() })

const json = (body: unknown, init: ResponseInit = {}) => new Response(JSON.stringify(body), init)
const good = () => json({ price: 7, more: 'unknown fields' })

/** A world in which pauses cost no time but are remembered, and each request is answered by the next answer of a list (the last repeats). */
type Answering = (request: Request) => Response | Promise<Response>

function world(answers: (Response | Answering)[], source = vendor, keys = {}) {
  const pauses: number[] = []
  const requests: Request[] = []
  let at = Date.UTC(2026, 0, 1)
  const clock: Clock = {
    now: () => at,
    monotonic: () => at,
    async sleep(ms, abort) {
      pauses.push(ms)
      at += ms
      await setImmediate()
      abort?.throwIfAborted()
    },
    every: () => ({ stop: () => {} }),
  }
  const fetch: Fetch = async (request) => {
    const answer = answers[Math.min(requests.length, answers.length - 1)]!
    requests.push(request)
    return typeof answer === 'function' ? answer(request) : answer.clone()
  }
  const log = createCollectedLog()
  const ask = createAsk({ fetch, clock, random: seededRandom(1), log, keys })
  return { ask, get: ask.from(source), pauses, requests, log, clock, health: () => ask.health()[0]! }
}

const failureOf = async (promise: Promise<unknown>): Promise<Failure> => {
  const thrown = await promise.then(
    () => 'nothing was thrown',
    (reason: unknown) => reason,
  )
  if (!isFailure(thrown)) throw new Error(`no failure but ${String(thrown)}`)
  return thrown
}

afterEach(() => {
  vi.useRealTimers()
})

describe('asking a source', () => {
  it('gives what the schema made of the answer, with a user agent and without a key', async () => {
    const { get, requests, health } = world([good()])
    expect(await get(url, Price)).toEqual({ price: 7 })
    expect(requests[0]!.headers.get('user-agent')).toMatch(/^PumpIQ\//)
    expect(health()).toMatchObject({ calls: 1, answered: 1, failures: {}, drift: 0, breaker: 'closed' })
  })

  it('tells when the vendor answered and when the answer was here', async () => {
    const { get, clock } = world([json({ price: 7 }, { headers: { date: 'Thu, 01 Jan 2026 00:00:00 GMT' } })])
    expect(await get.timed(url, Price)).toEqual({
      body: { price: 7 },
      serverAt: Date.UTC(2026, 0, 1),
      fetchedAt: clock.now(),
    })
  })

  it.each<[string, Answering]>([
    ['HTTP 500', () => json({}, { status: 500 })],
    ['HTTP 429', () => json({}, { status: 429 })],
    ['a lost connection', () => Promise.reject(new TypeError('fetch failed'))],
  ])('tries again after %s, with scattered pauses, and then succeeds', async (_, answer) => {
    const { get, pauses, requests, health } = world([answer, answer, good()])
    expect(await get(url, Price)).toEqual({ price: 7 })
    expect(requests).toHaveLength(3)
    expect(pauses).toHaveLength(2)
    expect(pauses.every((ms) => ms >= 200 && ms <= 5_000)).toBe(true)
    expect(health()).toMatchObject({ calls: 1, answered: 1, failures: {} })
  })

  it.each<[string, Answering, number, string, string]>([
    ['HTTP 500', () => json({}, { status: 500 }), 3, 'server', 'unavailable'],
    ['HTTP 429', () => json({}, { status: 429 }), 3, 'throttled', 'tooMany'],
    ['a lost connection', () => Promise.reject(new TypeError('fetch failed')), 3, 'network', 'unavailable'],
    ['HTTP 400', () => json({ message: 'SECRET WORDS' }, { status: 400 }), 1, 'refused', 'unavailable'],
    ['HTTP 403', () => new Response('<html>SECRET WORDS', { status: 403 }), 1, 'refused', 'unavailable'],
    ['HTTP 451', () => new Response('SECRET WORDS', { status: 451 }), 1, 'refused', 'unavailable'],
    ['a web page with status 200', () => new Response('<html>SECRET WORDS'), 1, 'garbled', 'unavailable'],
    ['JSON that is cut off', () => new Response('{"price": 7, "SECRET WORDS'), 1, 'garbled', 'unavailable'],
    ['nothing at all', () => new Response(''), 1, 'garbled', 'unavailable'],
    ['another shape', () => json({ price: 'SECRET WORDS' }), 1, 'drift', 'unavailable'],
  ])(
    'fails on %s after the right number of attempts, without a word of the body',
    async (_, answer, attempts, mishap, code) => {
      const { get, requests, health, log } = world([answer])
      const failure = await failureOf(get(url, Price))
      expect([failure.code, mishapOf(failure), requests.length]).toEqual([code, mishap, attempts])
      expect(health()).toMatchObject({ answered: 0, failures: { [mishap]: 1 }, lastFailure: failure.message })
      expect(JSON.stringify([failure.message, failure.cause, log.entries])).not.toContain('SECRET')
    },
  )

  it('fails on silence after the timeout of each attempt', async () => {
    const { get, requests } = world([() => new Promise<Response>(() => {})])
    const failure = await failureOf(get(url, Price, { timeoutMs: 20 }))
    expect([mishapOf(failure), requests.length, requests[0]!.signal.aborted]).toEqual(['timeout', 3, true])
  })

  it('fails on a body that never ends', async () => {
    const slow = () => new Response(new ReadableStream({ start: (controller) => controller.enqueue(Buffer.from('{')) }))
    const { get } = world([slow])
    expect(mishapOf(await failureOf(get(url, Price, { timeoutMs: 20, attempts: 1 })))).toBe('timeout')
  })

  it('waits as long as Retry-After says when the caller can', async () => {
    const { get, pauses } = world([json({}, { status: 429, headers: { 'retry-after': '6' } }), good()])
    expect(await get(url, Price)).toEqual({ price: 7 })
    expect(pauses).toEqual([6_000])
  })

  it('fails at once when Retry-After is longer than the caller can wait, and is not asked again before', async () => {
    const { get, pauses, requests, clock, health } = world([
      json({}, { status: 429, headers: { 'retry-after': '60' } }),
      good(),
    ])
    expect(await failureOf(get(url, Price))).toMatchObject({ code: 'tooMany', retryAfterMs: 60_000 })
    expect(await failureOf(get(url, Price))).toMatchObject({ code: 'tooMany', retryAfterMs: 60_000 })
    expect([pauses, requests.length]).toEqual([[], 1])
    expect(health().heldUntil).toBe(clock.now() + 60_000)
    await clock.sleep(60_000)
    expect(await get(url, Price)).toEqual({ price: 7 })
    expect(health().heldUntil).toBeNull()
  })

  it('waits the time the source is known to want when the vendor does not say', async () => {
    const { get, requests } = world([json({}, { status: 429 })], { ...vendor, throttledMs: 60_000 })
    expect(await failureOf(get(url, Price))).toMatchObject({ retryAfterMs: 60_000 })
    expect(requests).toHaveLength(1)
  })

  it('opens the breaker after five failed attempts and then asks no more', async () => {
    const { get, requests, health } = world([() => json({}, { status: 500 })])
    await failureOf(get(url, Price))
    await failureOf(get(url, Price))
    const asked = requests.length
    const failure = await failureOf(get(url, Price))
    expect([mishapOf(failure), requests.length - asked, health().breaker]).toEqual(['open', 0, 'open'])
    expect(asked).toBe(5)
  })

  it('tries the vendor again after a while, and closes the breaker when it answers', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    let up = false
    const { get, health, requests } = world([() => (up ? good() : json({}, { status: 500 }))])
    await failureOf(get(url, Price))
    await failureOf(get(url, Price))
    vi.setSystemTime(Date.now() + 16_000)
    await failureOf(get(url, Price))
    expect([health().breaker, requests.length]).toEqual(['open', 6])
    up = true
    vi.setSystemTime(Date.now() + 16_000)
    expect(await get(url, Price)).toEqual({ price: 7 })
    expect(health().breaker).toBe('closed')
  })

  it.each<[string, Answering]>([
    ['silent', () => new Promise<Response>(() => {})],
    ['failing', () => json({}, { status: 503 })],
    ['throttling', () => json({}, { status: 429, headers: { 'retry-after': '1' } })],
  ])('never keeps the caller longer than its patience when the vendor is %s', async (_, answer) => {
    const ask = createAsk({
      fetch: async (request) => answer(request),
      clock: systemClock,
      random: Math.random,
      log: silentLog,
    })
    const startedAt = systemClock.monotonic()
    await Promise.all(Array.from({ length: 30 }, () => failureOf(ask.from(vendor, { patienceMs: 300 })(url, Price))))
    expect(systemClock.monotonic() - startedAt).toBeLessThan(800)
  })

  it('keeps to the time that all questions of one Get have together', async () => {
    const silent = () => new Promise<Response>(() => {})
    const ask = createAsk({ fetch: silent, clock: systemClock, random: Math.random, log: silentLog })
    const get = ask.from(vendor, { withinMs: 200 })
    const startedAt = systemClock.monotonic()
    expect(mishapOf(await failureOf(get(url, Price)))).toBe('timeout')
    expect(mishapOf(await failureOf(get(url, Price)))).toBe('busy')
    expect(systemClock.monotonic() - startedAt).toBeLessThan(400)
  })

  it('keeps the breaker of one host from closing another', async () => {
    const { get, health } = world([
      (request: Request) => (request.url.startsWith(url) ? json({}, { status: 500 }) : good()),
    ])
    for (let i = 0; i < 3; i++) await failureOf(get(url, Price))
    expect(await get('https://other.example/price', Price)).toEqual({ price: 7 })
    expect(health().breaker).toBe('closed')
  })

  it('does not open the breaker for refusals, changed shapes or what is not there', async () => {
    const source: Asked = {
      ...vendor,
      readError: (status) => (status === 404 ? { mishap: 'absent', reason: 'has none' } : null),
    }
    const { get, health } = world(
      [
        () => json({}, { status: 400 }),
        () => json({ price: 'x' }),
        () => json({}, { status: 404 }),
        () => json({}, { status: 404 }),
      ],
      source,
    )
    for (let i = 0; i < 12; i++) await failureOf(get(url, Price))
    expect(health()).toMatchObject({ breaker: 'closed', answered: 10, failures: { refused: 1, drift: 1 }, drift: 1 })
  })

  it('reads the errors of the vendor by its own envelope, also under status 200', async () => {
    const source: Asked = {
      ...vendor,
      readError: (_, body) =>
        (body as { error?: string }).error === 'none' ? { mishap: 'absent', reason: 'lists no such pair' } : null,
    }
    const { get, health } = world([json({ error: 'none' })], source)
    expect(await failureOf(get(url, Price))).toMatchObject({ code: 'notFound', message: 'vendor lists no such pair' })
    expect(health()).toMatchObject({ answered: 1, failures: {} })
  })

  it('refuses an answer that cannot be true and keeps it in quarantine', async () => {
    const { ask, get, health } = world([json({ price: -1 })])
    const failure = await failureOf(
      get(url, Price, { check: ({ price }) => (price > 0 ? null : `price ${price} is no price`) }),
    )
    expect([mishapOf(failure), health().drift]).toEqual(['drift', 1])
    expect(ask.quarantine('vendor')).toMatchObject([
      { url: 'vendor.example/price', issue: 'price -1 is no price', body: '{"price":-1}' },
    ])
  })

  it('keeps five refused answers at most, cut', async () => {
    const { ask, get } = world([() => json({ price: 'x'.repeat(10_000) })])
    for (let i = 0; i < 7; i++) await failureOf(get(url, Price))
    expect(ask.quarantine('vendor').map(({ body }) => body.length)).toEqual([4_096, 4_096, 4_096, 4_096, 4_096])
  })

  it('keeps no key in quarantine that a vendor repeats, whole or one half of a pair', async () => {
    const body = { price: 'no', for: 'first-half:other-half', token: 'other-half' }
    const source: Asked = { ...vendor, key: { header: 'x-key', required: true } }
    const { ask, get } = world([json(body)], source, { vendor: createSecret('first-half:other-half') })
    await failureOf(get(url, Price, { check: () => null }))
    expect(ask.quarantine('vendor')).toMatchObject([{ body: '{"price":"no","for":"***","token":"***"}' }])
  })

  it('sends a key in its header and never shows it', async () => {
    const source: Asked = { ...vendor, key: { header: 'x-key', required: true } }
    const { get, requests, log } = world([() => json({ price: 'no' })], source, { vendor: createSecret('hush-hush') })
    const failure = await failureOf(get(`${url}?a=1`, Price))
    expect(requests[0]!.headers.get('x-key')).toBe('hush-hush')
    expect(requests[0]!.url).not.toContain('hush')
    expect(JSON.stringify([failure.message, failure.cause, log.entries])).not.toContain('hush')
  })

  it('asks nothing without a key that is required, and names it', async () => {
    const { get, requests } = world([good()], {
      ...vendor,
      id: 'some-vendor',
      key: { header: 'x-key', required: true },
    })
    expect(await failureOf(get(url, Price))).toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('SOME_VENDOR_API_KEY'),
    })
    expect(requests).toHaveLength(0)
  })

  it('stops when the caller goes away, at once, and holds it against nobody', async () => {
    const { get, health } = world([() => new Promise<Response>(() => {})])
    const stop = new AbortController()
    const waiting = failureOf(get(url, Price, { abort: stop.signal }))
    await setImmediate()
    stop.abort(new Error('gone'))
    expect(mishapOf(await waiting)).toBe('aborted')
    expect(health()).toMatchObject({ calls: 1, failures: {}, breaker: 'closed' })
  })

  it('sends no more than four at once to one host', async () => {
    let open = 0
    let most = 0
    const { get } = world([
      async () => {
        most = Math.max(most, ++open)
        await setImmediate()
        open--
        return good()
      },
    ])
    await Promise.all(Array.from({ length: 20 }, () => get(url, Price)))
    expect(most).toBe(4)
  })

  it('gives back bugs as they are', async () => {
    const source: Asked = {
      ...vendor,
      readError: () => {
        throw new RangeError('a bug of ours')
      },
    }
    await expect(world([good()], source).get(url, Price)).rejects.toThrow(RangeError)
  })
})
