import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  createKnownNames,
  Failure,
  hours,
  minutes,
  tokenId,
  toIso,
  weightsOf,
  type Claim,
  type Crowd,
  type Observation,
  type Story,
  type Token,
} from '@pumpiq/domain'
import type { Db } from '../db/db.ts'
import { createSavedDb } from '../db/saved-db.ts'
import { createAsk } from '../network/ask.ts'
import { systemClock } from '../platform/clock.ts'
import { createManualClock } from '../platform/manual-clock.ts'
import { silentLog } from '../platform/log.ts'
import { seededRandom } from '../platform/random.ts'
import { documentOf, figuresOf } from '../sources/seen.ts'
import type { Source } from '../sources/source.ts'
import type { Watch } from '../sources/watch.ts'
import { createCollectKind } from './collect-kinds.ts'
import { createClaimStore, createDocuments } from './documents.ts'
import { createGatherKinds } from './gather-kinds.ts'
import { createObservations } from './observations.ts'
import { createSee } from './see.ts'
import { createTake } from './take.ts'
import { createWatched } from './watched.ts'

let db: Db
beforeAll(async () => void (db = await createSavedDb()), 120_000)
afterAll(() => db.destroy())

const start = Date.UTC(2026, 2, 2, 10)
let made = 0
const newToken = (): Token => {
  const address = `0x${(++made).toString(16).padStart(40, '0')}`
  return {
    id: tokenId(`ethereum:${address}`),
    chain: 'ethereum',
    address,
    symbol: 'TKN',
    name: 'Token',
    catalogueId: null,
    marketCapRank: null,
    marketCapUsd: null,
    priceUsd: null,
  }
}

type Said = (at: number, token: Token | null) => Promise<Observation[]> | Observation[]

/** A source with one watch that says what the test wants, and counts how often it was asked. */
function sourceOf(id: string, said: Said, more: Partial<Watch> = {}) {
  const asked: number[] = []
  const watch = {
    name: 'things',
    kind: 'onchain',
    about: 'token',
    calls: 1,
    serves: () => true,
    async see(ask: { now: number; token?: Token }) {
      asked.push(ask.now)
      return said(ask.now, ask.token ?? null)
    },
    ...more,
  } as Watch
  const source: Source = {
    id,
    docs: 'https://d.example',
    key: 'none',
    budget: { calls: 10, perMs: 1_000 },
    feeds: {},
    watches: [watch],
  }
  return { source, asked }
}

const liquidity = (source: string, at: number, token: Token | null, liquidityUsd: number) =>
  figuresOf({ source, token: token?.id ?? null, observedAt: at, fetchedAt: at }, { liquidityUsd })

const claimOf = (document: string, tokens: Claim['tokens'] = []): Claim => ({
  document,
  tokens,
  event: 'other',
  sentiment: 0,
  magnitude: 0,
  quote: '',
  flags: [],
  reader: 'test',
})

type Wish = {
  stories?: Story[]
  crowd?: Crowd | null
  needed?: readonly Token[]
  refreshOf?: () => Promise<(token: string | null) => number>
}

function roomOf(sources: readonly Source[], { stories = [], crowd = null, needed = [], refreshOf }: Wish = {}) {
  const clock = createManualClock(start)
  const ask = createAsk({
    fetch: () => Promise.reject(new TypeError('none')),
    clock,
    random: seededRandom(1),
    log: silentLog,
  })
  const observations = createObservations({ db })
  const watched = createWatched({ db })
  const documents = createDocuments({ db })
  const read = async (all: readonly { id: string }[]) => {
    const claims = all.map(({ id }) => claimOf(id))
    await createClaimStore({ db }).put(claims)
    return claims
  }
  const see = createSee({ ask, watched, observations, take: createTake({ documents, read }), clock, log: silentLog })
  const storiesOf = () => Promise.resolve(stories)
  const crowdOf = () => Promise.resolve(crowd)
  const off = [{ kind: 'onchain' as const, source: 'birdeye', why: 'needs BIRDEYE_API_KEY' }]
  const gather = createGatherKinds({
    sources,
    see,
    watched,
    observations,
    storiesOf,
    crowdOf,
    knownNames: () => createKnownNames([]),
    ownFigures: async () => [],
    clock,
    off,
  })
  const collect = createCollectKind({
    needed: async () => needed,
    sources,
    see,
    watched,
    ask,
    clock,
    ...(refreshOf && { refreshOf }),
  })
  return { clock, gather, collect, documents, observations }
}

const onchain = weightsOf('onchain-only')

describe('what is gathered beside candles', () => {
  it('is asked once while it is fresh, and anew when it is stale', async () => {
    const token = newToken()
    const { source, asked } = sourceOf('one', (at, of) => liquidity('one', at, of, 5e5))
    const { gather, clock } = roomOf([source])
    const [first, second] = await Promise.all([gather(token, onchain), gather(token, onchain)])
    expect(second).toEqual(first)
    expect(first.gathered.figures.map(({ name, value }) => [name, value])).toEqual([['liquidityUsd', 5e5]])
    expect(first.tally).toEqual({ onchain: { asked: 1, failed: 0 } })
    await clock.advance(minutes(9))
    await gather(token, onchain)
    expect(asked.length).toBe(1)
    await clock.advance(minutes(2))
    await gather(token, onchain)
    expect(asked.length).toBe(2)
  })

  it('is asked sooner, and believed for less long, where a question wants it fresher', async () => {
    const token = newToken()
    let fails = false
    const { source, asked } = sourceOf('eager', (at, of) => {
      if (fails) throw new Failure('unavailable', 'eager could not be reached')
      return liquidity('eager', at, of, 5e5)
    })
    const { gather, clock } = roomOf([source])
    const all = (ms: number) => ({ news: ms, onchain: ms, technical: ms, social: ms })
    const fresh = { refreshMs: all(minutes(1)), ttlMs: all(minutes(3)) }
    await gather(token, onchain, fresh)
    await clock.advance(minutes(2))
    await gather(token, onchain)
    expect(asked.length).toBe(1)
    await gather(token, onchain, fresh)
    expect(asked.length).toBe(2)
    fails = true
    await clock.advance(minutes(4))
    expect((await gather(token, onchain, fresh)).gathered.figures).toEqual([])
    expect((await gather(token, onchain)).gathered.figures).toHaveLength(1)
  })

  it('names what failed, goes on with what it said last while that is no older than its kind allows, and covers less', async () => {
    const token = newToken()
    let fails = false
    const one = sourceOf('flaky', (at, of) => {
      if (fails) throw new Failure('unavailable', 'flaky could not be reached')
      return liquidity('flaky', at, of, 5e5)
    })
    const other = sourceOf('steady', (at, of) => liquidity('steady', at, of, 6e5))
    const { gather, clock } = roomOf([one.source, other.source])
    await gather(token, onchain)
    fails = true
    await clock.advance(minutes(11))
    const later = await gather(token, onchain)
    expect(later.gathered.figures.length).toBe(2)
    expect(later.tally).toEqual({ onchain: { asked: 2, failed: 1 } })
    const [gap] = later.gaps
    expect(gap).toMatchObject({ kind: 'onchain', source: 'flaky' })
    expect(gap!.reason).toContain(`no things: flaky could not be reached; what it said last is from ${toIso(start)}`)
    await clock.advance(minutes(5))
    const tooOld = await gather(token, onchain)
    expect(tooOld.gathered.figures.map(({ source }) => source)).toEqual(['steady'])
  })

  it('takes a token that a source does not know for an answer, and what is off for one line a kind', async () => {
    const absent = sourceOf('absent', () => {
      throw new Failure('notFound', 'absent does not know it')
    })
    const { gather, clock } = roomOf([absent.source])
    const { gaps, tally } = await gather(newToken(), onchain)
    expect(gaps.map(({ source, reason }) => [source, reason])).toEqual([
      [null, 'not asked: birdeye (needs BIRDEYE_API_KEY)'],
    ])
    expect(tally).toEqual({ onchain: { asked: 1, failed: 0 } })
    await clock.advance(minutes(1))
  })

  it('takes a fault in a connector for that source’s silence', async () => {
    const token = newToken()
    const good = sourceOf('good', (at) => liquidity('good', at, token, 1e6))
    const bad = sourceOf('bad', () => {
      throw new TypeError('nothing has no length')
    })
    const { gather } = roomOf([good.source, bad.source])
    const { gathered, gaps, tally } = await gather(token, onchain)
    expect(gathered.figures).toHaveLength(1)
    expect(gaps[0]).toMatchObject({ source: 'bad', reason: expect.stringContaining('connector of bad') as string })
    expect(tally).toEqual({ onchain: { asked: 2, failed: 1 } })
  })

  it('asks nothing of kinds without a weight, and no source that could not know the token', async () => {
    const other = sourceOf('news', () => [], { kind: 'news' })
    const elsewhere = sourceOf('solana-only', () => [], { serves: () => false })
    const { gather } = roomOf([other.source, elsewhere.source])
    const { gathered, tally } = await gather(newToken(), onchain)
    expect([other.asked, elsewhere.asked]).toEqual([[], []])
    expect(gathered).toMatchObject({ stories: null, crowd: null })
    expect(tally).toEqual({})
  })

  it('knows what each source said a day ago', async () => {
    const token = newToken()
    const { source } = sourceOf('daily', (at, of) => liquidity('daily', at, of, at === start ? 100 : 130))
    const { gather, clock } = roomOf([source])
    await gather(token, onchain)
    await clock.advance(hours(24))
    const { gathered } = await gather(token, onchain)
    expect(gathered.earlier).toMatchObject([{ source: 'daily', name: 'liquidityUsd', value: 100, token: token.id }])
  })

  it('keeps documents once, under the tokens they are about', async () => {
    const token = newToken()
    const post = (at: number) =>
      documentOf(
        { source: 'wall', token: null, observedAt: at, fetchedAt: at },
        { id: '1', kind: 'news', title: 'A title', text: 'A text', publisher: 'wall.example' },
      )
    const { source } = sourceOf('wall', (at) => [post(at)], { kind: 'news' })
    const { gather, documents, clock } = roomOf([source])
    await gather(token, weightsOf('news-only'))
    await clock.advance(minutes(6))
    await gather(token, weightsOf('news-only'))
    const kept = await documents.of({ token: token.id, kind: 'news', since: 0, perVoice: 10, limit: 10 })
    expect(kept.map(({ document, relevance }) => [document.id, document.fetchedAt, relevance])).toEqual([
      ['wall:1', toIso(start), 0.5],
    ])
    expect(await documents.hourly({ token: token.id, kind: 'news', from: start, to: start + hours(1) })).toEqual([1])
    expect(await documents.firstAt(token.id, 'news')).toBe(start)
  })
})

describe('a round of a kind', () => {
  it('asks what is stale of the tokens somebody needs, hot ones first, and leaves half of every budget alone', async () => {
    const needed = Array.from({ length: 12 }, newToken)
    const order: (Token | null)[] = []
    const { source } = sourceOf('tight', (at, of) => {
      order.push(of)
      return liquidity('tight', at, of, 1)
    })
    const { collect, clock } = roomOf([source], { needed })
    const round = collect('onchain')
    while (order.length < needed.length) await clock.advance(100)
    await clock.advance(100)
    expect(await round).toBe(12)
    expect(order.map((token) => token?.id)).toEqual(needed.map(({ id }) => id))
    expect(await collect('onchain')).toBe(0)
    expect(await collect('social')).toBe(0)
  })

  it('asks of each token as soon as somebody wants it, and of what failed no sooner', async () => {
    const [eager, patient, failing] = [newToken(), newToken(), newToken()]
    const asked: string[] = []
    const { source } = sourceOf('paced', (at, of) => {
      asked.push(of!.id)
      if (of === failing) throw new Failure('unavailable', 'paced could not be reached')
      return liquidity('paced', at, of, 1)
    })
    const wanted = new Map([[eager.id, minutes(1.5)]])
    const refreshOf = async () => (id: string | null) => wanted.get(id as never) ?? minutes(20)
    const { collect, clock } = roomOf([source], { needed: [eager, patient, failing], refreshOf })
    for (let rounds = 0; rounds < 6; rounds++) {
      let done = false
      const round = collect('onchain').finally(() => (done = true))
      while (!done) {
        // The database takes real time: what waits for the clock is what still waits after a moment.
        await systemClock.sleep(20)
        const dueIn = clock.dueIn()
        if (!done && dueIn !== null) await clock.advance(dueIn)
      }
      await round
      await clock.advance(minutes(1))
    }
    const times = (token: Token) => asked.filter((id) => id === token.id).length
    expect([times(eager), times(patient), times(failing)]).toEqual([3, 1, 1])
  })
})
