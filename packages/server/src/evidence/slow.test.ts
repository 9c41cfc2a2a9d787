import { candlesOf, kinds, price, seconds, tokenId, weightsOf, type Token } from '@pumpiq/domain'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { createManualClock, type ManualClock } from '../platform/manual-clock.ts'
import { seededRandom } from '../platform/random.ts'
import { createSecret } from '../platform/secret.ts'
import { sources as all } from '../sources/index.ts'
import { figuresOf } from '../sources/seen.ts'
import type { Source } from '../sources/source.ts'
import { createCannedOutside } from '../testing/canned-outside.ts'
import { createGathering } from '../testing/test-gathering.ts'
import { useVirtualTimers } from '../testing/virtual-timers.ts'
import { createCollect } from './collect.ts'

let clock: ManualClock
beforeEach(() => {
  clock = createManualClock(Date.UTC(2026, 2, 1, 12, 34, 56))
  useVirtualTimers(clock)
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

let made = 0
const newToken = (): Token => {
  const address = `0x${(++made).toString(16).padStart(40, '1')}`
  const rank = { catalogueId: `token-${made}`, marketCapRank: made, marketCapUsd: 1e9, priceUsd: price('1.5') }
  const named = { symbol: `TK${made}`, name: `Token ${made}` }
  return { id: tokenId(`ethereum:${address}`), chain: 'ethereum', address, ...named, ...rank }
}

/** A source that asks its host one question, which answers after so long. */
const after = (ms: number): Source => ({
  id: `after-${ms}`,
  docs: 'https://d.example',
  key: 'none',
  budget: { calls: 10, perMs: 1_000 },
  feeds: {},
  watches: [
    {
      name: 'things',
      kind: 'onchain',
      about: 'token',
      calls: 1,
      serves: () => true,
      async see({ get, token }) {
        const { value } = await get(`https://after-${ms}.example/`, z.object({ value: z.number() }))
        const at = clock.now()
        return figuresOf(
          { source: `after-${ms}`, token: token.id, observedAt: at, fetchedAt: at },
          { liquidityUsd: value },
        )
      },
    },
  ],
})

const slow = async (request: Request): Promise<Response> => {
  await clock.sleep(Number(/after-(\d+)/.exec(request.url)![1]), request.signal)
  return Response.json({ value: 1_000 })
}

/** What it comes to, and how long it took; time goes on until then. */
async function timed<T>(promise: Promise<T>): Promise<{ value: T; tookMs: number }> {
  const begunAt = clock.now()
  let tookMs = -1
  void promise.finally(() => (tookMs = clock.now() - begunAt))
  while (tookMs < 0) await clock.advance(10)
  return { value: await promise, tookMs }
}

const onchain = weightsOf('onchain-only')
const never = 3_600_000

describe('a source that is slow', () => {
  it('is gone without after two seconds, with the answers of the others, and named', async () => {
    const sources = [after(100), after(1_900), after(2_100), after(never)]
    const { gather } = createGathering({ sources, clock, fetch: slow })
    const { value, tookMs } = await timed(gather(newToken(), onchain))
    expect(tookMs).toBeLessThanOrEqual(seconds(2) + 10)
    expect(value.gathered.figures.map(({ source }) => source)).toEqual(['after-100', 'after-1900'])
    expect(value.gaps.map(({ source, reason }) => [source, reason])).toEqual([
      ['after-2100', 'no things: after-2100 has not answered within 2000 ms'],
      [`after-${never}`, `no things: after-${never} has not answered within 2000 ms`],
    ])
    expect(value.tally.onchain).toEqual({ asked: 4, failed: 2 })
  })

  it('has its answer kept when it comes, for whoever asks next, and is asked once', async () => {
    const asked: string[] = []
    const fetch = (request: Request) => {
      asked.push(request.url)
      return slow(request)
    }
    const { gather } = createGathering({ sources: [after(2_900)], clock, fetch })
    const token = newToken()
    await timed(gather(token, onchain))
    const joined = await timed(gather(token, onchain))
    expect([joined.tookMs <= 10, joined.value.gathered.figures]).toEqual([true, []])
    await clock.advance(1_000)
    const { value, tookMs } = await timed(gather(token, onchain))
    expect(value.gathered.figures.map(({ source }) => source)).toEqual(['after-2900'])
    expect([tookMs <= 10, value.gaps, asked.length]).toEqual([true, [], 1])
  })

  it('is let go at the end, and nothing of it is kept then', async () => {
    const { gather, see, answers } = createGathering({ sources: [after(never)], clock, fetch: slow })
    await timed(gather(newToken(), onchain))
    expect((await timed(see.close())).tookMs).toBeLessThanOrEqual(20)
    expect(answers()).toEqual([])
  })

  it('that never answers is a failure after ten seconds, and is asked again later', async () => {
    const { gather, answers } = createGathering({ sources: [after(never)], clock, fetch: slow })
    await timed(gather(newToken(), onchain))
    await clock.advance(seconds(10))
    expect(answers().map(({ problem, fetchedAt }) => [problem, fetchedAt])).toEqual([
      [expect.stringContaining('did not answer within'), null],
    ])
  })
})

describe('a venue that is slow', () => {
  const hour = 3_600_000
  const venue = (ms: number): Source => ({
    ...after(ms),
    watches: [],
    feeds: {
      async candles({ get, now }) {
        await get(`https://after-${ms}.example/`, z.object({ value: z.number() }))
        const bar = { openAt: now - (now % hour) - hour, open: 1, high: 2, low: 1, close: 2, volume: 1 }
        return candlesOf(`after-${ms}:TKUSD:1h`, hour, [bar])
      },
    },
  })
  const collected = (venues: readonly Source[]) => {
    const { ask, gather } = createGathering({ sources: venues, clock, fetch: slow })
    const collect = createCollect({ sources: venues, ask, clock, labels: [], gatherKinds: gather })
    return timed(collect(newToken(), { timeframe: 'SWING', weights: weightsOf('technical-only') }))
  }

  it('leaves time to the next one, and is named', async () => {
    const { value, tookMs } = await collected([venue(never), venue(300), venue(100)])
    expect([value.candles?.id, tookMs < seconds(3)]).toEqual(['after-300:TKUSD:1h', true])
    expect(value.gaps[0]).toMatchObject({ kind: 'technical', source: `after-${never}` })
  })

  it('among many keeps nobody longer than the time for all', async () => {
    const { value, tookMs } = await collected([never, never + 1, never + 2, never + 3, never + 4].map(venue))
    expect([value.candles, tookMs < seconds(3)]).toEqual([null, true])
    expect(value.gaps.map(({ reason }) => reason).join()).toContain('is not asked: others took all the time')
  })
})

describe('300 gatherings among sources that are slow or dead by chance', () => {
  it('end within three seconds, each with whatever came', { timeout: 120_000 }, async () => {
    const random = seededRandom(17)
    const fates = new Map<string, number>()
    const takesMs = (source: string) => fates.get(source) ?? 50 + 750 * random()
    const { fetch } = createCannedOutside({ clock, random, takesMs })
    const keys = Object.fromEntries(all.map(({ id }) => [id, createSecret('key-words:secret-words')]))
    const { gather } = createGathering({ sources: all, clock, fetch, keys })
    const took: number[] = []
    let gaps = 0
    for (let i = 0; i < 300; i++) {
      fates.clear()
      for (const { id } of all) {
        const chance = random()
        if (chance < 0.1) fates.set(id, Infinity)
        else if (chance < 0.3) fates.set(id, 1_000 + 4_000 * random())
      }
      const { value, tookMs } = await timed(gather(newToken(), weightsOf('hybrid')))
      took.push(tookMs)
      gaps += value.gaps.length
      const failed = kinds.reduce((sum, kind) => sum + (value.tally[kind]?.failed ?? 0), 0)
      expect(value.gaps.filter(({ source }) => source !== null).length).toBe(failed)
      await clock.advance(seconds(2))
    }
    const sorted = took.toSorted((a, b) => a - b)
    const [p50, p99] = [0.5, 0.99].map((share) => sorted[Math.floor(share * sorted.length)]!)
    process.stdout.write(`300 gatherings: p50 ${p50} ms, p99 ${p99} ms, ${gaps} gaps\n`)
    expect(p99).toBeLessThan(seconds(3))
  })
})
