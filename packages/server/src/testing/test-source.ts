import { readFileSync } from 'node:fs'
import { barAt, barFault, Failure, isFailure, Quote, Token, type Candles, type Interval } from '@pumpiq/domain'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createAsk } from '../network/ask.ts'
import type { Get } from '../network/asked.ts'
import type { Fetch } from '../network/fetch.ts'
import { mishapOf } from '../network/mishap.ts'
import type { Clock } from '../platform/clock.ts'
import { createCollectedLog, silentLog } from '../platform/log.ts'
import { seededRandom } from '../platform/random.ts'
import { createSecret } from '../platform/secret.ts'
import type { Source } from '../sources/source.ts'
import { mutated, withUnknownFields, type Mutation } from './mutate.ts'

/** One feed with answers of the vendor. */
export type Sample = {
  feed: keyof Source['feeds']
  symbol?: string
  interval?: Interval
  limit?: number
  /** Where the caller stands; the vendor's `Date` says the same. Epoch ms. */
  now: number
  /** The JSON the vendor answers, by the address that is asked. */
  answer(url: URL): unknown
  /** What it answers when there is nothing, where it can say so. */
  empty?(url: URL): unknown
  /** Members that are maps of the vendor's own names: an unknown name in them is not an unknown field. */
  maps?: readonly string[]
}

/** A sample beside the sources: written by us from the vendor's manual, which its origin.json names. */
export const readSample = (file: string): unknown =>
  JSON.parse(readFileSync(new URL(`../sources/fixtures/${file}`, import.meta.url), 'utf8'))

/** A clock whose sleeps cost nothing and move it. */
export function createLeapingClock(startAt: number): Clock {
  let at = startAt
  return {
    now: () => at,
    monotonic: () => at,
    async sleep(ms, abort) {
      abort?.throwIfAborted()
      at += ms
    },
    every: () => ({ stop: () => {} }),
  }
}

type World = { fetch: Fetch; log?: ReturnType<typeof createCollectedLog>; key?: string; patienceMs?: number }

/** Everything a feed needs over a fetch, with a budget that never ends: one world is one question. */
export function askSource(source: Source, sample: Sample, { fetch, log, key, patienceMs }: World): Promise<unknown> {
  const plenty: Source = { ...source, budget: { calls: 1_000_000, perMs: 1_000 }, timeoutMs: 25 }
  const ask = createAsk({
    fetch,
    clock: createLeapingClock(sample.now),
    random: seededRandom(7),
    log: log ?? silentLog,
    keys: key === undefined ? {} : { [source.id]: createSecret(key) },
  })
  return callFeed(source, sample, ask.from(plenty, patienceMs === undefined ? {} : { patienceMs }))
}

/** Asks the sample's feed. */
export async function callFeed(source: Source, sample: Sample, get: Get): Promise<Candles | Quote | Token[]> {
  const { symbol = 'BTC', interval = '1h', limit = 100, now } = sample
  const { candles, price, catalogue } = source.feeds
  if (sample.feed === 'candles' && candles) return candles({ symbol, interval, limit, now, get })
  if (sample.feed === 'price' && price) return price({ symbol, now, get })
  if (sample.feed === 'catalogue' && catalogue) return catalogue({ pages: 1, get })
  throw new Failure('invalid', `${source.id} has no feed ${sample.feed}`)
}

const httpDate = (at: number) => new Date(at).toUTCString()

/** The vendor as the sample says, or with other bodies. */
export const vendorOf =
  (sample: Sample, body: (url: URL) => unknown = sample.answer): Fetch =>
  async (request) => {
    const said = body(new URL(request.url))
    const text = typeof said === 'string' ? said : JSON.stringify(said)
    return new Response(text, { headers: { date: httpDate(sample.now), 'content-type': 'application/json' } })
  }

/** Whether what came out may be stored as true. */
export function expectValid(source: Source, sample: Sample, said: unknown): void {
  if (sample.feed === 'candles') return expectCandles(source, sample, said as Candles)
  if (sample.feed === 'price') {
    const quote = Quote.parse(said)
    expect(quote.source).toBe(source.id)
    expect(Number(quote.price)).toBeGreaterThan(0)
    expect(Number(quote.price)).toBeLessThan(1e15)
    expect(quote.price).toMatch(/^\d+(\.\d*[1-9])?$/)
    return expect(Date.parse(quote.observedAt)).toBeLessThanOrEqual(Date.parse(quote.fetchedAt))
  }
  const tokens = (said as Token[]).map((token) => Token.parse(token))
  expect(new Set(tokens.map(({ id }) => id)).size).toBe(tokens.length)
}

function expectCandles(source: Source, { interval = '1h', limit = 100, now }: Sample, candles: Candles): void {
  expect(candles.id).toMatch(new RegExp(`^${source.id}:[^:]+:${interval}$`))
  expect(candles.length).toBeLessThanOrEqual(limit)
  for (let i = 0; i < candles.length; i++) {
    const bar = barAt(candles, i)
    if (barFault(bar) !== null) expect.fail(`bar ${i + 1}: ${barFault(bar)}`)
    if (bar.openAt + candles.intervalMs > now) expect.fail(`bar ${i + 1} is not closed`)
    if (i > 0 && bar.openAt <= candles.openAt[i - 1]!) expect.fail(`bar ${i + 1} is out of order`)
  }
}

const sizeOf = (said: unknown): number =>
  Array.isArray(said) ? said.length : said && typeof said === 'object' && 'length' in said ? Number(said.length) : 1

/** Ways in which a vendor fails: the answer, what it is called, and the failure it makes. */
export const broken: readonly [string, (url: URL) => Response | Promise<Response>, string, string][] = [
  ['429', () => new Response('{"secret":"body-words"}', { status: 429 }), 'throttled', 'tooMany'],
  ['500', () => new Response('body-words', { status: 500 }), 'server', 'unavailable'],
  ['silence', () => new Promise<Response>(() => {}), 'timeout', 'unavailable'],
  ['a lost connection', () => Promise.reject(new TypeError('fetch failed')), 'network', 'unavailable'],
  ['a web page with status 200', () => new Response('<!doctype html>body-words'), 'garbled', 'unavailable'],
  ['JSON that is cut off', () => new Response('{"body-words": [1, 2'), 'garbled', 'unavailable'],
  ['JSON of another shape', () => new Response('{"body-words": {"a": [null]}}'), 'drift', 'unavailable'],
]

const hostile: fc.Arbitrary<Mutation[]> = fc.array(fc.record({ where: fc.nat(), how: fc.nat(), spare: fc.nat() }), {
  minLength: 1,
  maxLength: 3,
})

/**
 * What every source owes: valid observations of its own, none that was not closed, unknown fields ignored, failures named and never taken
 * for "nothing", no key and no body in what it says, and nothing invalid out of `payloads` mutated answers a sample.
 */
export function testSource(source: Source, samples: readonly Sample[], { payloads = 5_000 } = {}): void {
  describe(`the source ${source.id}`, () => {
    it('has a sample of each of its feeds', () => {
      expect(new Set(samples.map(({ feed }) => feed))).toEqual(new Set(Object.keys(source.feeds)))
    })

    for (const sample of samples) {
      describe(`asked for ${sample.feed} ${sample.interval ?? ''}`.trim(), () => {
        testFeed(source, sample, payloads)
      })
    }
  })
}

function testFeed(source: Source, sample: Sample, payloads: number): void {
  it('gives valid observations, and some', async () => {
    const said = await askSource(source, sample, { fetch: vendorOf(sample) })
    expectValid(source, sample, said)
    expect(sizeOf(said)).toBeGreaterThan(0)
  })

  it('ignores fields it does not know', async () => {
    const more = vendorOf(sample, (url) => withUnknownFields(sample.answer(url), sample.maps ?? []))
    expect(await askSource(source, sample, { fetch: more })).toEqual(
      await askSource(source, sample, { fetch: vendorOf(sample) }),
    )
  })

  it('gives nothing from after the instant the caller stands at, wherever that is', async () => {
    for (let backMs = 0; backMs < 10 * 3_600_000; backMs += 1_234_567) {
      const earlier = { ...sample, now: sample.now - backMs }
      const said = await askSource(source, earlier, { fetch: vendorOf(earlier) }).catch((thrown: unknown) => thrown)
      if (isFailure(said)) expect(mishapOf(said)).toBe('drift')
      else expectValid(source, earlier, said)
    }
  })

  it.each([sample.empty].filter((empty) => empty !== undefined))(
    'gives nothing when the vendor says that there is nothing',
    async (empty) => {
      expect(sizeOf(await askSource(source, sample, { fetch: vendorOf(sample, empty) }))).toBe(0)
    },
  )

  it.each(broken)('fails on %s with its name, without key or body', async (_, answer, mishap, code) => {
    const log = createCollectedLog()
    const urls: string[] = []
    const fetch: Fetch = async (request) => {
      urls.push(request.url)
      return answer(new URL(request.url))
    }
    const thrown = await askSource(source, sample, { fetch, log, key: 'key-words' }).catch((reason: unknown) => reason)
    expect(isFailure(thrown) && [mishapOf(thrown), thrown.code]).toEqual([mishap, code])
    const told = JSON.stringify([thrown instanceof Failure && [thrown.message, thrown.cause], log.entries, urls])
    expect(told).not.toMatch(/key-words|body-words/)
    expect(log.entries.length).toBeGreaterThan(0)
  })

  it(`lets nothing invalid out of ${payloads.toLocaleString('en')} mutated answers`, { timeout: 120_000 }, async () => {
    const seen = { refused: 0, taken: 0 }
    await fc.assert(
      fc.asyncProperty(hostile, async (mutations) => {
        const fetch = vendorOf(sample, (url) => mutated(sample.answer(url), mutations))
        const said = await askSource(source, sample, { fetch }).catch((thrown: unknown) => thrown)
        if (isFailure(said)) {
          seen.refused++
          expect(mishapOf(said)).not.toBeNull()
        } else {
          if (said instanceof Error) throw said
          seen.taken++
          expectValid(source, sample, said)
        }
      }),
      { numRuns: payloads, seed: 20_260_301 },
    )
    expect(seen.refused).toBeGreaterThan(payloads / 20)
    expect(seen.taken).toBeGreaterThan(0)
  })
}
