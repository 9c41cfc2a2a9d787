import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import type { View, Views } from '../dossier/view.ts'
import type { Kind } from '../words/kind.ts'
import { hybridWeights, weightsOf } from '../words/profile.ts'
import { completenessOf, directionOf, scoreOf, thresholdFor, withoutBoughtText } from './score.ts'

const view = (kind: Kind, score: number, quality = 1): View => ({ kind, score, quality, factors: [] })
const none: Views = { news: null, onchain: null, technical: null, social: null }
const unit = fc.double({ min: -1, max: 1, noNaN: true })

describe('the score', () => {
  it('is weak on thin evidence: a missing kind adds nothing and nobody grows louder', () => {
    expect(scoreOf({ ...none, technical: view('technical', 1) }, hybridWeights)).toBe(0.25)
    expect(scoreOf({ ...none, technical: view('technical', 1, 0.5) }, weightsOf('technical-only'))).toBe(0.5)
    expect(completenessOf({ ...none, technical: view('technical', 1) }, hybridWeights)).toBe(0.25)
  })

  it('text cannot buy: with full control of news and social, no bullish side beyond the others, no BUY when they do not lean up', () => {
    fc.assert(
      fc.property(unit, unit, unit, unit, (news, social, technical, onchain) => {
        const views: Views = {
          news: view('news', news),
          social: view('social', social),
          technical: view('technical', technical),
          onchain: view('onchain', onchain),
        }
        const hard = 0.25 * technical + 0.35 * onchain
        const { score, mayBuy } = withoutBoughtText(scoreOf(views, hybridWeights), views, hybridWeights, 'hybrid')
        expect(mayBuy).toBe(hard > 0)
        expect(score).toBeLessThanOrEqual(hard + Math.max(0, hard) + 2e-6)
      }),
      { numRuns: 10_000 },
    )
  })

  it('asks less of a sum of kinds than of one alone, by what was asked for', () => {
    expect(thresholdFor('moderate', weightsOf('technical-only'))).toBe(0.25)
    expect(thresholdFor('conservative', weightsOf('news-only'))).toBe(0.35)
    expect(thresholdFor('moderate', weightsOf('hybrid'))).toBe(0.129904)
    expect(thresholdFor('aggressive', weightsOf('hybrid'))).toBeLessThan(thresholdFor('moderate', weightsOf('hybrid')))
  })

  it('jitter around a threshold does not flip a call that stands', () => {
    expect(directionOf(0.26, 0.25, null)).toBe('BUY')
    expect(directionOf(0.2, 0.25, 'BUY')).toBe('BUY')
    expect(directionOf(0.2, 0.25, 'HOLD')).toBe('HOLD')
    expect(directionOf(0.14, 0.25, 'BUY')).toBe('HOLD')
    expect(directionOf(-0.2, 0.25, 'SELL')).toBe('SELL')
    expect(directionOf(-0.2, 0.25, 'BUY')).toBe('HOLD')
  })
})
