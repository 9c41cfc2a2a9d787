import {
  compileDossier,
  coverageOf,
  days,
  figureFault,
  FigureName,
  figures as shapes,
  kinds,
  price,
  tokenId,
  toIso,
  weightsOf,
  type Dossier,
  type Figure,
  type Token,
} from '@pumpiq/domain'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createManualClock, type ManualClock } from '../platform/manual-clock.ts'
import { seededRandom } from '../platform/random.ts'
import { createSecret } from '../platform/secret.ts'
import { sources as all } from '../sources/index.ts'
import { figuresOf } from '../sources/seen.ts'
import type { Source } from '../sources/source.ts'
import { createCannedOutside } from '../testing/canned-outside.ts'
import { createGathering } from '../testing/test-gathering.ts'
import { useVirtualTimers } from '../testing/virtual-timers.ts'

afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

const start = Date.UTC(2026, 2, 1, 12, 34, 56)
const tokenOf = (chain: string, address: string): Token => ({
  id: tokenId(`${chain}:${address}`),
  chain,
  address,
  symbol: 'BOAT',
  name: 'Paper Boat',
  catalogueId: 'paper-boat',
  marketCapRank: 40,
  marketCapUsd: 1e9,
  priceUsd: price('1.5'),
})
const token = tokenOf('ethereum', `0x${'1'.repeat(40)}`)
const other = tokenOf('ethereum', `0x${'2'.repeat(40)}`)

/** What is honest of a figure: ten times of it is possible too. */
const honest = (name: FigureName): number => Math.min(shapes[name].high / 100, 1_000)

/** A source with one watch that tells one figure, of the token it is asked about unless said. */
const teller = (id: string, name: FigureName, value: number, of = token): Source => ({
  id,
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
      see: async ({ now }) =>
        figuresOf({ source: id, token: of.id, observedAt: now, fetchedAt: now }, { [name]: value }),
    },
  ],
})

const before = (source: string, name: FigureName): Figure => ({
  what: 'figure',
  source,
  token: token.id,
  observedAt: toIso(start - days(1)),
  fetchedAt: toIso(start - days(1)),
  name,
  value: honest(name),
})

/** What is gathered and compiled when these are asked. */
async function world(sources: readonly Source[], earlier: readonly Figure[] = []) {
  const clock = createManualClock(start)
  const fetch = () => Promise.reject(new TypeError('none'))
  const { gather, figures } = createGathering({ sources, clock, fetch, earlier })
  const { gathered, gaps, tally } = await gather(token, weightsOf('onchain-only'))
  const { asked, failed } = tally.onchain!
  const coverage = { onchain: coverageOf(asked, failed) }
  const rest = { candles: null, quotes: [], labels: [], recorded: false, lagMs: 0, timeframe: 'SWING' as const }
  const dossier = compileDossier({ token, gaps, gathered: { ...gathered, pump: null }, coverage, ...rest }, clock.now())
  return { dossier, stored: figures }
}

const cites = (dossier: Dossier, source: string): boolean =>
  dossier.readings.some((reading) => reading.cites.some((cite) => cite.startsWith(`${source}:`)))
const gapsOf = (dossier: Dossier): string => dossier.gaps.map(({ source, reason }) => `${source} ${reason}`).join('\n')

/** Figures that all sources must see alike. */
const common = ['priceUsd', 'marketCapUsd', 'liquidityUsd', 'holders', 'supply', 'circulatingSupply'] as const
/** Figures that do not leap within a day. */
const steady = [
  'liquidityUsd',
  'holders',
  'marketCapUsd',
  'openInterestUsd',
  'tvlUsd',
  'chainTvlUsd',
  'supply',
] as const

describe('a source that lies', () => {
  it.each(FigureName.options)('of %s what cannot be is refused at the edge, named, and covers less', async (name) => {
    const { low, high } = shapes[name]
    for (const value of [low - Math.max(1, Math.abs(low)), high * 2 + 1, NaN, Infinity, -Infinity]) {
      const { dossier, stored } = await world([teller('liar', name, value), teller('honest', name, honest(name))])
      expect(stored.map(({ source }) => source)).toEqual(['honest'])
      expect(dossier.coverage).toEqual({ onchain: 0.75 })
      expect(gapsOf(dossier)).toMatch(new RegExp(`^liar no things: liar answered what cannot be: ${name} is `))
      expect(cites(dossier, 'liar')).toBe(false)
    }
  })

  it.each(FigureName.options)(
    'of %s with the figure of another token is refused, and nothing of it is kept',
    async (name) => {
      const { dossier, stored } = await world([
        teller('liar', name, honest(name), other),
        teller('honest', name, honest(name)),
      ])
      expect(stored.map(({ source }) => source)).toEqual(['honest'])
      expect(dossier.coverage).toEqual({ onchain: 0.75 })
      expect(gapsOf(dossier)).toBe(`liar no things: liar was asked about ${token.id} and told of ${other.id}`)
    },
  )

  it.each(common.flatMap((name) => [10, 0.1, 0].map((factor) => [name, factor] as const)))(
    'of %s by a factor of %s beside another source is disputed: neither is read, and the gap names both',
    async (name, factor) => {
      const { dossier } = await world([
        teller('honest', name, honest(name)),
        teller('liar', name, honest(name) * factor),
      ])
      expect(cites(dossier, 'liar')).toBe(false)
      // A price of nothing is none: it is refused, and the honest one stands.
      if (name === 'priceUsd' && factor === 0) return expect(gapsOf(dossier)).toContain('liar answered what cannot be')
      expect(cites(dossier, 'honest')).toBe(false)
      expect(gapsOf(dossier)).toMatch(new RegExp(`not believed: ${name} differs .*honest .*liar `))
    },
  )

  it.each(steady.flatMap((name) => [10, 0.1, 0].map((factor) => [name, factor] as const)))(
    'of %s by a factor of %s alone is not believed against what it said a day ago',
    async (name, factor) => {
      const { dossier } = await world([teller('liar', name, honest(name) * factor)], [before('liar', name)])
      expect(dossier.readings).toEqual([])
      expect(gapsOf(dossier)).toMatch(new RegExp(`^liar not believed: ${name} of liar went from `))
    },
  )

  it('alone and without a past cannot be known for one: it is read, and each of its readings names it', async () => {
    const { dossier } = await world([teller('liar', 'liquidityUsd', honest('liquidityUsd') * 10)])
    expect(gapsOf(dossier)).toBe('')
    for (const { cites: cited } of dossier.readings) expect(cited).toEqual(['liar:liquidityUsd'])
  })
})

const swap = (said: unknown, change: (value: number) => number): unknown => {
  if (typeof said === 'number') return change(said)
  if (typeof said === 'string') return /^-?\d+(\.\d+)?$/.test(said) ? String(change(Number(said))) : said
  if (Array.isArray(said)) return said.map((one) => swap(one, change))
  if (said === null || typeof said !== 'object') return said
  return Object.fromEntries(Object.entries(said).map(([key, value]) => [key, swap(value, change)]))
}

/** Time goes on until it has settled. */
async function pass(clock: ManualClock, promise: Promise<unknown>): Promise<void> {
  let settled = false
  void promise.finally(() => (settled = true))
  while (!settled) await clock.advance(50)
}

describe('every vendor whose numbers all lie', () => {
  const keys = Object.fromEntries(all.map(({ id }) => [id, createSecret('key-words:secret-words')]))
  const tokens = [
    tokenOf('bitcoin', 'native'),
    tokenOf('ethereum', 'native'),
    tokenOf('solana', 'native'),
    token,
    tokenOf('ethereum', '0xabcdef0123456789abcdef0123456789abcdef01'),
    tokenOf('solana', '9LiqeUHkGa3HmTitrmCAvM6stf7hCrLiz9qVeemGgu6A'),
    tokenOf('solana', 'SampMint11111111111111111111111111111111111'),
  ]

  it.each<[string, (value: number) => number]>([
    ['ten times too much', (value) => value * 10],
    ['a tenth', (value) => value / 10],
    ['nothing', () => 0],
    ['less than nothing', (value) => -value],
    ['the truth', (value) => value],
  ])(
    '%s: nothing that cannot be is kept, all that failed is named, and nothing breaks',
    { timeout: 30_000 },
    async (_, change) => {
      const clock = createManualClock(start)
      useVirtualTimers(clock)
      const lie = (said: unknown) => swap(said, change)
      const { fetch } = createCannedOutside({ clock, random: seededRandom(3), lie })
      const { gather, figures, answers } = createGathering({ sources: all, clock, fetch, keys })
      for (const asked of tokens) {
        const gathering = gather(asked, weightsOf('hybrid'))
        await pass(clock, gathering)
        const { gathered, gaps, tally } = await gathering
        expect(gathered.figures.filter(({ token: of }) => of !== null && of !== asked.id)).toEqual([])
        for (const kind of kinds) {
          const named = gaps.filter((gap) => gap.kind === kind && gap.source !== null)
          expect([kind, named.length]).toEqual([kind, tally[kind]?.failed ?? 0])
        }
      }
      expect(figures.filter(({ name, value }) => figureFault(name, value) !== null)).toEqual([])
      expect(answers().length).toBeGreaterThan(100)
    },
  )
})
