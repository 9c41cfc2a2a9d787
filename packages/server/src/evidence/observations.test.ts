import { afterAll, beforeAll, expect, it } from 'vitest'
import { Failure, minutes, price, toIso, type Quote, type Token } from '@pumpiq/domain'
import type { Db } from '../db/db.ts'
import { createSavedDb } from '../db/saved-db.ts'
import type { Ask } from '../network/ask.ts'
import { createCollectedLog } from '../platform/log.ts'
import { createManualClock } from '../platform/manual-clock.ts'
import type { Source } from '../sources/source.ts'
import { createKeepAside } from './observations-aside.ts'
import { createCollectPrices } from './observations-prices.ts'
import { createObservations, priceSeen, type Observation, type Observations } from './observations.ts'

let db: Db
let observations: Observations
beforeAll(async () => {
  db = await createSavedDb()
  observations = createObservations({ db })
}, 120_000)
afterAll(() => db.destroy())

const at = Date.UTC(2026, 0, 5)
const quote = (source: string, value: string, observedAt = at): Quote => ({
  source,
  pair: 'XUSD',
  price: value,
  observedAt: toIso(observedAt),
  fetchedAt: toIso(observedAt + 250),
})
const seen = (token: string, ...given: Parameters<typeof quote>): Observation => priceSeen(token, quote(...given))
const everything = { name: 'price', from: 0, to: at + minutes(99), limit: 100 } as const

it('are kept once, exactly, and read by range and source', async () => {
  const all = [
    seen('t', 'a', '0.000000001234'),
    seen('t', 'b', '2.5', at + 1),
    seen('t', 'a', '3', at + minutes(1)),
    seen('other', 'a', '4'),
  ]
  await observations.keep(all)
  await observations.keep([seen('t', 'a', '9'), ...all])
  expect(await observations.read({ ...everything, token: 't' })).toEqual(all.slice(0, 3))
  expect(await observations.read({ ...everything, token: 't', source: 'a' })).toEqual([all[0], all[2]])
  expect(await observations.read({ ...everything, token: 't', to: at + minutes(1) })).toEqual(all.slice(0, 2))
  expect(await observations.read({ ...everything, token: 't', limit: 1 })).toEqual([all[2]])
  expect(all[0]!.value).toBe(price('0.000000001234'))
})

it('kept beside a decision hold nothing up, and what cannot be written is a line in the log', async () => {
  const log = createCollectedLog()
  let refuse = true
  const kept: (readonly Observation[])[] = []
  const keep = async (some: readonly Observation[]) => {
    if (refuse) throw new Failure('unavailable', 'no database')
    kept.push(some)
  }
  const aside = createKeepAside({ observations: { keep }, log })
  expect(aside.saw('t', [quote('a', '1')])).toBeUndefined()
  await aside.settled()
  expect(log.entries.map(({ sentence }) => sentence)).toEqual(['prices that were seen could not be kept'])
  refuse = false
  aside.saw('t', [quote('a', '2')])
  aside.saw('t', [quote('b', '3')])
  await aside.settled()
  expect(kept.flat()).toEqual([seen('t', 'a', '2'), seen('t', 'b', '3')])
})

function venue(id: string, lists: Record<string, string>, asked: string[]): Source {
  return {
    id,
    docs: 'none',
    key: 'none',
    budget: { calls: 4, perMs: 1_000 },
    feeds: {
      async price({ symbol, now }) {
        asked.push(`${id} ${symbol}`)
        if (!(symbol in lists)) throw new Failure('notFound', `${id} does not list ${symbol}`)
        return quote(id, lists[symbol]!, now)
      },
    },
  }
}
const token = (symbol: string, priceUsd: string | null = null) =>
  ({ id: `${symbol}:native`, symbol, priceUsd }) as unknown as Token
/** How a venue is: its budget's rest. */
const asking = (left: Record<string, number>) =>
  ({
    from: () => undefined,
    health: () =>
      Object.entries(left).map(([source, rest]) => ({
        source,
        heldUntil: null,
        breaker: 'closed',
        quota: { calls: 4, perMs: 1_000, left: rest },
      })),
  }) as unknown as Pick<Ask, 'from' | 'health'>

/** What comes of a round whose pauses take no time. */
async function playedOut(done: Promise<number>, clock: ReturnType<typeof createManualClock>): Promise<number> {
  let kept: number | null = null
  void done.then((n) => (kept = n))
  while (kept === null) {
    await new Promise((resolve) => setImmediate(resolve))
    await clock.advance(clock.dueIn() ?? 0)
  }
  return kept
}

it('of prices come from the first venue that lists the token; who does not is not asked again for a while', async () => {
  const asked: string[] = []
  const clock = createManualClock(at)
  const sources = [venue('one', { BTC: '5' }, asked), venue('two', { BTC: '6', ETH: '7' }, asked)]
  const tokens = [token('BTC'), token('ETH'), token('NIL')]
  const collect = createCollectPrices({ universe: async () => tokens, sources, ask: asking({}), observations, clock })
  const round = () => playedOut(collect(), clock)
  expect(await round()).toBe(2)
  expect(asked.splice(0)).toEqual(['one BTC', 'one ETH', 'two ETH', 'one NIL', 'two NIL'])
  expect(await round()).toBe(2)
  expect(asked.splice(0)).toEqual(['one BTC', 'two ETH'])
  await clock.advance(minutes(61))
  await round()
  expect(asked).toHaveLength(5)
  const [first] = await observations.read({ ...everything, token: 'ETH:native', to: at + minutes(99) })
  expect(first).toMatchObject({ source: 'two', value: '7' })
})

it('of prices that are another token’s of the same ticker, by what the catalogue says, are not kept as its own', async () => {
  const kept: (readonly Observation[])[] = []
  const clock = createManualClock(at)
  const sources = [venue('one', { ORB: '3.55' }, [])]
  const universe = async () => [token('ORB', '0.0012')]
  const keep = async (some: readonly Observation[]) => void kept.push(some)
  const collect = createCollectPrices({ universe, sources, ask: asking({}), observations: { keep }, clock })
  expect([await playedOut(collect(), clock), kept]).toEqual([0, []])
})

it('of prices leave a venue alone whose budget is half used', async () => {
  const asked: string[] = []
  const clock = createManualClock(at)
  const sources = [venue('busy', { BTC: '5' }, asked), venue('free', { BTC: '6' }, asked)]
  const ask = asking({ busy: 1, free: 2 })
  const universe = async () => [token('BTC')]
  const ended = new AbortController()
  const keep = async () => ended.abort(new Error('enough'))
  const done = createCollectPrices({ universe, sources, ask, observations: { keep }, clock })(ended.signal)
  await expect(done).rejects.toThrow('enough')
  expect(asked).toEqual(['free BTC'])
})
