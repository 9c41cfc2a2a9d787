import { expect, it } from 'vitest'
import { houseProfile, hybridWeights, weightsOf, type View, type Views } from '@pumpiq/domain'
import { leanOf, type Heard } from './lean.ts'

const view = (kind: View['kind'], score: number): View => ({ kind, score, quality: 1, factors: [] })
const heard = (views: Partial<Views>, previous: Heard['previous'] = null): Heard => ({
  views: { news: null, onchain: null, technical: null, social: null, ...views },
  previous,
  profile: houseProfile,
})
const hearing = (weights = hybridWeights, mode = houseProfile.mode) => ({ ...houseProfile, weights, mode })

it('other weights on the same evidence give another score and another direction', () => {
  const call = heard({ technical: view('technical', 0.8), onchain: view('onchain', -0.2) })
  expect(leanOf(call, hearing())).toEqual({ score: 0.13, enter: 0.129904, direction: 'BUY' })
  const chain = { news: 0, onchain: 80, technical: 20, social: 0 }
  expect(leanOf(call, hearing(chain))).toMatchObject({ score: 0, direction: 'HOLD' })
})

it('text alone does not buy among other kinds, and may where it alone was asked for', () => {
  const call = heard({ news: view('news', 0.9), technical: view('technical', -0.1) })
  expect(leanOf(call, hearing({ news: 90, onchain: 0, technical: 10, social: 0 })).direction).toBe('HOLD')
  expect(leanOf(call, hearing(weightsOf('news-only'), 'news-only'))).toMatchObject({ score: 0.9, direction: 'BUY' })
})

it('a call that stands keeps standing', () => {
  const views = { technical: view('technical', 0.4) }
  expect(leanOf(heard(views), hearing()).direction).toBe('HOLD')
  expect(leanOf(heard(views, 'BUY'), hearing()).direction).toBe('BUY')
})
