import { describe, expect, it } from 'vitest'
import { compileDossier, SealedFacts, unseal, type Evidence } from '../dossier/dossier.ts'
import { walk } from '../testing/walk.ts'
import type { Candles } from '../words/candles.ts'
import { houseProfile, weightsOf } from '../words/profile.ts'
import { hours } from '../words/time.ts'
import { tokenId } from '../words/token.ts'
import { createDecider } from './decider.ts'

const leapAt = 500
const profile = { ...houseProfile, mode: 'technical-only', weights: weightsOf('technical-only') } as const

/** A liquid market that rises by itself and, at one bar, leaps by 45 % on a hundred times its volume. */
function pumped(): Candles {
  const candles = walk({ bars: 600, sigma: 0.004, drift: 0.001, decimals: 4 })
  for (let i = leapAt; i < 600; i++)
    for (const name of ['open', 'high', 'low', 'close'] as const)
      if (i > leapAt || name === 'high' || name === 'close') candles[name][i]! *= 1.45
  candles.volume.forEach((_, i) => (candles.volume[i] = 1e6 * (1 + (i % 5)) * (i === leapAt ? 100 : 1)))
  return candles
}

const candles = pumped()
const opensAt = (bar: number) => candles.openAt[bar]!
const closesAt = (bar: number) => opensAt(bar) + hours(1)

const evidence = {
  token: {
    id: tokenId('file:WALK'),
    chain: 'file',
    address: 'WALK',
    symbol: 'WALK',
    name: 'WALK',
    catalogueId: null,
    marketCapRank: null,
    marketCapUsd: null,
    priceUsd: null,
  },
  timeframe: 'SWING',
  candles,
  quotes: [],
  gaps: [],
  gathered: null,
  coverage: {},
  labels: [],
  recorded: true,
  lagMs: 0,
} satisfies Evidence

const factsAt = (bar: number) => compileDossier(evidence, closesAt(bar)).facts!

describe('a detected pump', () => {
  it('turns what would be bought into AVOID while it lasts, and names when it was seen', () => {
    const decider = createDecider(candles, profile)
    const callAt = (bar: number) => decider.callAt(bar + 1, closesAt(bar), null)
    expect(callAt(leapAt - 1).type).toBe('BUY')
    const inside = Array.from({ length: 12 }, (_, k) => callAt(leapAt + k))
    expect(new Set(inside.map(({ type }) => type))).toEqual(new Set(['AVOID']))
    const seen = inside.flatMap(({ warnings }) => warnings).find((warning) => warning.startsWith('inside a pump seen'))
    expect(seen).toContain(new Date(opensAt(leapAt)).toISOString())
    expect(callAt(leapAt + 17).warnings.join()).not.toContain('inside a pump')
  })

  it('is sealed with the facts and read back as it was', () => {
    const sealed = factsAt(leapAt + 3)
    expect(sealed.pump?.since).toBe(new Date(opensAt(leapAt)).toISOString())
    const again = SealedFacts.parse(JSON.parse(JSON.stringify(sealed)))
    expect(again).toEqual(sealed)
    expect(unseal(again).pump).toEqual({ since: opensAt(leapAt), score: sealed.pump?.score })
  })

  it('leaves facts without one as they were sealed before pumps were told', () => {
    const sealed = factsAt(leapAt - 1)
    expect(Object.keys(sealed)).not.toContain('pump')
    expect(Object.keys(SealedFacts.parse(sealed))).not.toContain('pump')
    expect(Object.keys(unseal(sealed))).not.toContain('pump')
  })
})
